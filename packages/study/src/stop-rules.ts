import { StudyError } from './study-error.js';
import type { StopReason } from './study-event.js';

/** When to stop; null for never. */
export interface StopLimits {
  /** How many trials this run adds, however they end: failed ones count as well, a trial that is retried counts once. */
  readonly trials: number | null;
  /** How many finished (complete or pruned) trials the study has in all. */
  readonly until: number | null;
  /** No trial starts later than this; running ones finish. */
  readonly timeoutMs: number | null;
  /** How many finished trials in a row, those of earlier runs included, bring no new best. */
  readonly noImprovement: number | null;
  /** How many trials in a row fail by their own doing in this run. */
  readonly maxFailures: number | null;
}

/** Ten failures in a row are no bad luck: the objective always fails. */
export const DEFAULT_LIMITS: StopLimits = Object.freeze({
  trials: null,
  until: null,
  timeoutMs: null,
  noImprovement: null,
  maxFailures: 10,
});

/** Where a run stands. */
export interface RunFacts {
  readonly interrupted: boolean;
  readonly failuresInARow: number;
  readonly elapsedMs: number;
  readonly finished: number;
  /** Finished trials with a higher number than the best one's; 0 where nobody asks. */
  readonly finishedSinceBest: number;
}

/** Why no further trial may start; null when one may. `trials` is not asked here: it depends on what still runs. */
export function stopReason(limits: StopLimits, facts: RunFacts): StopReason | null {
  if (facts.interrupted) return 'interrupted';
  if (reached(limits.maxFailures, facts.failuresInARow)) return 'max-failures';
  if (reached(limits.until, facts.finished)) return 'until';
  if (reached(limits.noImprovement, facts.finishedSinceBest)) return 'no-improvement';
  if (reached(limits.timeoutMs, facts.elapsedMs)) return 'timeout';
  return null;
}

/** @throws {StudyError} `BAD_OPTION` */
export function requireLimits(limits: StopLimits): void {
  for (const [name, limit] of Object.entries(limits)) {
    const least = name === 'maxFailures' || name === 'noImprovement' ? 1 : 0;
    const kind = name === 'timeoutMs' ? 'a number' : 'a whole number';
    if (limit === null || (limit >= least && (Number.isInteger(limit) || name === 'timeoutMs'))) continue;
    throw new StudyError('BAD_OPTION', `${name} must be ${kind} of at least ${least}, got ${limit}`);
  }
}

function reached(limit: number | null, count: number): boolean {
  return limit !== null && count >= limit;
}
