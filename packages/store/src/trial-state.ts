import type { TrialState } from '@assay/study';

/** Trial states as Optuna stores them. */
export const STORED_STATES = {
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

export function fromStoredState(stored: StoredState): TrialState {
  return TRIAL_STATES[stored];
}
