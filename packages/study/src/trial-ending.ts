import type { Direction, Report } from '@assay/sampler';
import type { RetryLimits, TrialEnding } from './study-store.js';
import type { TrialOutcome } from './trial-executor.js';
import type { EndReason, TrialRecord } from './trial-record.js';

/** Why a running trial was told to stop. */
export type StopCause =
  | { readonly kind: 'pruned'; readonly message: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'invalid-report'; readonly message: string };

/** Where a running trial stands when its outcome comes. */
export interface TrialStanding {
  readonly directions: readonly Direction[];
  readonly reports: readonly Report[];
  /** Null while nobody has told it to stop. */
  readonly stop: StopCause | null;
}

/**
 * - A worker's death is most often the configuration's own doing (it needs too much memory), so one more try tells bad
 *   luck from that.
 * - So does a process's that others notice while they run: a configuration that crashes processes must not go through them all.
 * - Who resumes what was killed has killed it, most often, or the power went, and is not to lose the configuration; the limit is
 *   there for one that crashes every run that resumes the study.
 */
export const DEFAULT_RETRIES: RetryLimits = Object.freeze({ workerDeaths: 1, processDeaths: 1, resumedDeaths: 3 });

/**
 * How many deaths a trial may have, this one included, to be tried again after it.
 * @param isHere the process that died was on the host of the one that notices
 * @param silentMs for how long it has given no sign of life
 * @param openMs for how long who notices has had the study open
 */
export function mostDeaths(
  { processDeaths, resumedDeaths = processDeaths }: RetryLimits,
  { isHere, silentMs, openMs }: { readonly isHere: boolean; readonly silentMs: number; readonly openMs: number },
): number {
  return isHere && silentMs >= openMs ? resumedDeaths : processDeaths;
}

/** How an outcome ends its trial. An interrupted trial is enqueued again; other retries are for `withRetry` to decide. */
export function endingOf(outcome: TrialOutcome, standing: TrialStanding): TrialEnding {
  switch (outcome.kind) {
    case 'complete': {
      const { values, constraints, attributes } = outcome;
      const problem = valuesProblem(values, standing.directions);
      if (problem !== null) return failed('invalid-value', problem);
      if (!values.every(Number.isFinite)) return diverged(standing, `the value is ${values.join(', ')}`, attributes);
      const extras = { ...(constraints && { constraints }), ...(attributes && { attributes }) };
      return { state: 'complete', values, ...extras, end: null, retry: false };
    }
    case 'stopped':
      return stoppedEnding(outcome, standing);
    case 'diverged':
      return diverged(standing, outcome.message);
    case 'failed': {
      const { reason, message, stack } = outcome;
      return failed(reason, message, stack);
    }
  }
}

function stoppedEnding(
  { value, attributes }: TrialOutcome & { kind: 'stopped' },
  standing: TrialStanding,
): TrialEnding {
  const { stop, reports, directions } = standing;
  if (stop?.kind === 'interrupted') return interrupted('stopped at a report, because the study was interrupted');
  if (stop?.kind === 'invalid-report') return failed('invalid-value', stop.message);
  const last = reports.at(-1);
  if (last !== undefined && !Number.isFinite(last.value)) {
    return diverged(standing, `the report at step ${last.step} is ${last.value}`, attributes);
  }
  return {
    state: 'pruned',
    values: last === undefined || directions.length > 1 ? [] : [value ?? last.value],
    ...(attributes && { attributes }),
    end: { reason: 'pruned', message: stop?.message ?? 'the objective stopped' },
    retry: false,
  };
}

/** Enqueued again with the same parameters and draw. */
export function interrupted(message: string): TrialEnding {
  return { state: 'failed', values: [], end: { reason: 'interrupted', message }, retry: true };
}

/** The same ending, to be tried again when a dead worker or memory was the cause and the limit allows it. */
export function withRetry(ending: TrialEnding, attempts: readonly TrialRecord[], limits: RetryLimits): TrialEnding {
  if (!isWorkerDeath(ending.end?.reason)) return ending;
  const deaths = attempts.filter(({ end }) => isWorkerDeath(end?.reason)).length; // earlier ones: this has not ended yet
  return { ...ending, retry: deaths < limits.workerDeaths };
}

function isWorkerDeath(reason: EndReason | undefined): boolean {
  return reason === 'worker-died' || reason === 'out-of-memory';
}

export function failed(reason: EndReason, message: string, stack?: string): TrialEnding {
  const end = { reason, message, ...(stack !== undefined && { stack }) };
  return { state: 'failed', values: [], end, retry: false };
}

/** The worst value there is, so that the sampler learns to stay away. With several objectives a pruned trial has none. */
function diverged(standing: TrialStanding, message: string, attributes?: TrialEnding['attributes']): TrialEnding {
  const [direction, ...others] = standing.directions;
  const worst = direction === 'maximize' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const values = others.length > 0 ? [] : [worst];
  return {
    state: 'pruned',
    values,
    ...(attributes && { attributes }),
    end: { reason: 'diverged', message },
    retry: false,
  };
}

function valuesProblem(values: readonly number[], directions: readonly Direction[]): string | null {
  if (values.some((value) => typeof value !== 'number')) return `values must be numbers, got [${values.join(', ')}]`;
  if (values.length === directions.length) return null;
  return `the study has ${directions.length} objective(s), got ${values.length} value(s): [${values.join(', ')}]`;
}
