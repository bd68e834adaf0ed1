import { isFinished, type TrialRecord } from '@assay/study';

/** What a run is to reach: this many finished trials in the study, or this many trials more than there were. */
export type Goal =
  | { readonly kind: 'finished'; readonly count: number }
  | { readonly kind: 'added'; readonly count: number };

export interface Progress {
  readonly complete: number;
  readonly pruned: number;
  readonly failed: number;
  readonly running: number;
  readonly waiting: number;
  /** Towards the goal; null when the run has none. */
  readonly goal: { readonly done: number; readonly total: number } | null;
  readonly elapsedMs: number | null;
  /** Until the goal or the deadline, whichever comes first; null when nobody can say. */
  readonly leftMs: number | null;
  /** Until no more trials are started; null when there is no such time. */
  readonly deadlineInMs: number | null;
}

/** How many of the last finished trials the pace is taken from. */
const PACE_TRIALS = 20;

/**
 * Time left at the pace of the last trials, counted down until the next one is due.
 * @param finishedMs when trials finished, ascending, Unix milliseconds
 * @param sinceMs when the run began: the pace of its first trials counts from there
 * @returns null without a finished trial
 */
export function estimateLeftMs(
  remaining: number,
  finishedMs: readonly number[],
  sinceMs: number,
  nowMs: number,
): number | null {
  if (remaining <= 0) return 0;
  const last = finishedMs.at(-1);
  if (last === undefined) return null;
  const window = finishedMs.slice(-PACE_TRIALS);
  const from = finishedMs.length > PACE_TRIALS ? finishedMs.at(-PACE_TRIALS - 1)! : sinceMs;
  const perTrial = Math.max(0, last - from) / window.length;
  return Math.max((remaining - 1) * perTrial, remaining * perTrial - (nowMs - last));
}

/** How many trials of a run have ended for good: an attempt that is tried again does not count twice. */
export function countAdded(ended: readonly TrialRecord[], sinceMs: number): number {
  const roots = ended
    .filter((trial) => (trial.finishedMs ?? 0) >= sinceMs)
    .map((trial) => trial.retryOf ?? trial.number);
  return new Set(roots).size;
}

/** When trials finished, from some time on, ascending. */
export function finishTimes(ended: readonly TrialRecord[], sinceMs: number): readonly number[] {
  return ended
    .filter(({ state, finishedMs }) => isFinished(state) && (finishedMs ?? 0) >= sinceMs)
    .map(({ finishedMs }) => finishedMs!)
    .sort((a, b) => a - b);
}
