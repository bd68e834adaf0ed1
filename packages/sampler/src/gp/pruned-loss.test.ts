import { describe, expect, it } from 'vitest';
import { complete } from '../contexts.test.kit.js';
import type { Observation } from '../sampler.js';
import { prunedLosses } from './pruned-loss.js';

const reports = (...values: readonly number[]) => values.map((value, step) => ({ step, value }));
const curve = (...values: readonly number[]): Observation => ({
  ...complete(0, {}, values.at(-1)!),
  reports: reports(...values),
});
const pruned = (...values: readonly number[]): Observation => ({ ...curve(...values), state: 'pruned' });

describe('prunedLosses', () => {
  const finished = [curve(9, 6, 3), curve(8, 7, 4), curve(7, 5, 1)]; // from step 0: -6, -4, -6; from step 1: -3, -3, -4

  it.each([
    { name: 'falls as the others did from there', trial: pruned(10), loss: 4 },
    { name: 'one step later', trial: pruned(10, 8), loss: 5 },
    { name: 'is never better than the best complete one', trial: pruned(2), loss: 1 },
    { name: 'diverged', trial: pruned(10, Infinity), loss: Infinity },
    { name: 'failed after a good report', trial: { ...pruned(2), values: [Infinity] }, loss: Infinity },
    { name: 'NaN', trial: pruned(Number.NaN), loss: Infinity },
    { name: 'a step that no other has', trial: pruned(9, 9, 9, 5), loss: 5 },
    { name: 'a value without reports', trial: { ...pruned(5), reports: [] }, loss: 5 },
    { name: 'neither', trial: { ...pruned(5), reports: [], values: [] }, loss: null },
  ])('$name', ({ trial, loss }) => {
    expect(prunedLosses(finished, 'minimize')(trial)).toBe(loss);
  });

  it('works upside down', () => {
    const rising = [curve(1, 4), curve(2, 6), curve(0, 3)]; // +3, +4, +3
    expect(prunedLosses(rising, 'maximize')(pruned(0.5))).toBe(-3.5);
    expect(prunedLosses(rising, 'maximize')(pruned(5))).toBe(-6);
    expect(prunedLosses(rising, 'maximize')({ ...pruned(5), values: [-Infinity] })).toBe(Infinity);
  });

  it('stands for itself while nothing is complete, and ignores complete ones that diverged', () => {
    expect(prunedLosses([], 'minimize')(pruned(5))).toBe(5);
    expect(prunedLosses([curve(4, Infinity)], 'minimize')(pruned(5))).toBe(5);
  });
});
