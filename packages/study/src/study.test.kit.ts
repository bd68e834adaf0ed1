import { randomSampler } from '@assay/sampler';
import { choice, float, int, repeat, space } from '@assay/space';
import { expect } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import type { StudyOptions } from './study-options.js';

/** The space of the tests that open a study. */
export const SPACE = space({
  lr: float(1e-4, 1, { log: true }),
  layers: int(1, 3),
  units: repeat('layers', int(4, 64)),
  optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.99) } }),
});
export type Params = ReturnType<typeof SPACE.decode>;

export function options(changes: Partial<StudyOptions<Params>> = {}): StudyOptions<Params> {
  return { store: new MemoryStudyStore(), name: 'digits', space: SPACE, sampler: randomSampler(), seed: 1, ...changes };
}

export const failure = (code: string, message?: string) =>
  expect.objectContaining({
    name: 'StudyError',
    code,
    ...(message !== undefined && { message: expect.stringContaining(message) }),
  });
