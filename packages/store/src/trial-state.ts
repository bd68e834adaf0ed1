import type { EndReason, TrialState } from '@assay/study';

/** Trial states as Optuna stores them. */
const STORED_STATES = {
  waiting: 'WAITING',
  running: 'RUNNING',
  complete: 'COMPLETE',
  pruned: 'PRUNED',
  failed: 'FAIL',
} as const satisfies Record<TrialState, string>;

export type StoredState = (typeof STORED_STATES)[TrialState];

const TRIAL_STATES = Object.fromEntries(
  Object.entries(STORED_STATES).map(([state, stored]) => [stored, state]),
) as Readonly<Record<StoredState, TrialState>>;

/** These end trials as pruned, and no others. */
const PRUNING_REASONS: readonly (string | null)[] = ['pruned', 'diverged'] satisfies EndReason[];

/**
 * Optuna's TPE raises on a PRUNED trial in a study of several objectives, and passes over failed ones: there a pruned trial is
 * stored as FAIL, and its reason tells it from those that failed.
 */
export function toStoredState(state: TrialState, objectives: number): StoredState {
  return state === 'pruned' && objectives > 1 ? STORED_STATES.failed : STORED_STATES[state];
}

/** @param endReason why a trial of ours ended; null for the others */
export function fromStoredState(stored: StoredState, endReason: string | null): TrialState {
  return stored === 'FAIL' && PRUNING_REASONS.includes(endReason) ? 'pruned' : TRIAL_STATES[stored];
}
