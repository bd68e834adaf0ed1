import { randomSampler } from '@assay/sampler';
import { float, space } from '@assay/space';
import { MemoryStudyStore } from '../memory-study-store.js';
import { createStudy } from '../open-study.js';
import type { Study } from '../study.js';
import type { StudyEvent } from '../study-event.js';
import type { StudyOptions } from '../study-options.js';
import type { StudyStore } from '../study-store.js';
import type { TrialExecutor, TrialHooks, TrialOutcome, TrialTask } from '../trial-executor.js';

export const LINE = space({ x: float(-1, 1) });

/** The parameters of `LINE`. */
export interface Point {
  readonly x: number;
}

/** What a test of `optimize` works with; `events` fills as they happen. */
export interface OpenedStudy {
  readonly study: Study<Point>;
  readonly events: readonly StudyEvent[];
  readonly options: StudyOptions<Point> & { readonly store: StudyStore };
}

/** A new study of random points on a line, in memory. */
export async function openLine(changes: Partial<StudyOptions<Point>> = {}): Promise<OpenedStudy> {
  const options = {
    store: new MemoryStudyStore(),
    name: 's',
    space: LINE,
    sampler: randomSampler(),
    seed: 5,
    ...changes,
  };
  const study = await createStudy<Point>(options);
  const events: StudyEvent[] = [];
  study.subscribe((event) => events.push(event));
  return { study, events, options };
}

/** An executor on this thread whose trials end as the function says. */
export function executorOf(
  workers: number,
  run: (task: TrialTask, hooks: TrialHooks) => Promise<TrialOutcome>,
): TrialExecutor {
  return { workers, run, close: async () => undefined };
}

export function completeOutcome(value: number): TrialOutcome {
  return { kind: 'complete', values: [value] };
}

export const WORKER_DIED: TrialOutcome = { kind: 'failed', reason: 'worker-died', message: 'the worker died' };
export const THREW: TrialOutcome = { kind: 'failed', reason: 'threw', message: 'no' };

export function typesOf(events: readonly StudyEvent[]): readonly StudyEvent['type'][] {
  return events.map(({ type }) => type);
}

export function logsOf(events: readonly StudyEvent[]): readonly Extract<StudyEvent, { type: 'log' }>[] {
  return events.filter((event) => event.type === 'log');
}
