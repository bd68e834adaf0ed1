import type { Direction } from '@assay/sampler';
import type { EndReason, TrialRecord } from './trial-record.js';

/** The reasons to fail that lie in the configuration, not in the machine or in a person's wish: it would fail so again. */
const LASTING: ReadonlySet<EndReason> = new Set(['threw', 'invalid-value', 'timed-out', 'out-of-memory']);

/** Whether samplers are to keep away from where a trial failed. */
export function isLesson({ state, end, params }: TrialRecord): boolean {
  return state === 'failed' && end !== null && LASTING.has(end.reason) && Object.keys(params).length > 0;
}

/**
 * A failed trial as samplers see it: as bad as one that diverged. Left out of their history, as Optuna does, it would let
 * them suggest the neighbourhood of the best trials again and again where that is what fails.
 */
export function asLesson(trial: TrialRecord, directions: readonly Direction[]): TrialRecord {
  const worst = directions[0] === 'minimize' ? Infinity : -Infinity;
  return { ...trial, state: 'pruned', values: directions.length === 1 ? [worst] : [] };
}
