import type { Report } from '@assay/sampler';
import { StoreError } from './store-error.js';
import type { TrialEnding } from './study-store.js';
import type { TrialRecord, TrialState } from './trial-record.js';
import { NEXT_STATES } from './trial-record.js';

/** COMPLETE or PRUNED: a trial that every count of "finished" includes. */
export function isFinished(state: TrialState): state is 'complete' | 'pruned' {
  return state === 'complete' || state === 'pruned';
}

/** No state follows: the trial never changes again. */
export function isFinal(state: TrialState): state is 'complete' | 'pruned' | 'failed' {
  return NEXT_STATES[state].length === 0;
}

/** @throws {StoreError} `ILLEGAL_TRANSITION` when the life-cycle table does not allow it */
export function requireTransition(trial: Pick<TrialRecord, 'number' | 'state'>, to: TrialState): void {
  const allowed: readonly TrialState[] = NEXT_STATES[trial.state];
  if (allowed.includes(to)) return;
  throw new StoreError(
    'ILLEGAL_TRANSITION',
    `trial ${trial.number} is ${trial.state} and cannot become ${to}; ` +
      (allowed.length === 0 ? 'a finished trial never changes' : `only ${allowed.join(', ')}`),
  );
}

/** @throws {StoreError} `INVALID_VALUE` unless the step is a non-negative integer */
export function requireStep({ step }: Report): void {
  if (Number.isSafeInteger(step) && step >= 0) return;
  throw new StoreError('INVALID_VALUE', `a report's step must be a non-negative integer, got ${step}`);
}

/**
 * `complete` needs one number per objective, `pruned` none or (with one objective) one, `failed` none; infinities are
 * allowed, NaN is not.
 * @throws {StoreError} `INVALID_VALUE`
 */
export function requireEnding(ending: TrialEnding, objectives: number): void {
  const got = `got [${ending.values.join(', ')}]`;
  const allowed = { complete: [objectives], pruned: objectives === 1 ? [0, 1] : [0], failed: [0] }[ending.state];
  if (!allowed.includes(ending.values.length)) {
    throw new StoreError('INVALID_VALUE', `a ${ending.state} trial has ${allowed.join(' or ')} values, ${got}`);
  }
  if (ending.values.some(Number.isNaN)) {
    throw new StoreError('INVALID_VALUE', `a value must not be NaN, ${got}; end the trial as diverged instead`);
  }
}
