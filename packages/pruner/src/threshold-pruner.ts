import { type CheckSchedule, isCheckDue } from './check-schedule.js';
import { formatValue } from './format-value.js';
import { finiteOrNull, resolveOptions, wholeNumber } from './option-rules.js';
import { KEEP, type PruneDecision, type Pruner, type PrunerContext } from './pruner.js';
import { PrunerError } from './pruner-error.js';

export interface ThresholdOptions extends CheckSchedule {
  /** Values below are stopped; null for no bound. */
  readonly lower: number | null;
  /** Values above are stopped; null for no bound. */
  readonly upper: number | null;
}

/** Optuna 5.0.0, `ThresholdPruner.__init__`. */
const THRESHOLD_DEFAULTS: ThresholdOptions = Object.freeze({
  lower: null,
  upper: null,
  warmupSteps: 0,
  intervalSteps: 1,
});

export const THRESHOLD_RULES = {
  lower: finiteOrNull('lower'),
  upper: finiteOrNull('upper'),
  warmupSteps: wholeNumber('warmup', 0),
  intervalSteps: wholeNumber('interval', 1),
};

/**
 * Stops a trial whose newest value is NaN, below `lower` or above `upper`; a value on a bound goes on. The direction of
 * the study plays no part.
 * @throws {PrunerError} `BAD_OPTION` (also without any bound, or with `lower` above `upper`), `UNKNOWN_OPTION`
 * @see Optuna 5.0.0, `ThresholdPruner`
 */
export function thresholdPruner(options: Partial<ThresholdOptions>): Pruner {
  const resolved = resolveOptions<ThresholdOptions>('threshold', THRESHOLD_RULES, THRESHOLD_DEFAULTS, options);
  const { lower, upper } = resolved;
  if (lower === null && upper === null) {
    throw new PrunerError('BAD_OPTION', 'Pruner threshold needs lower, upper or both, got neither');
  }
  if (lower !== null && upper !== null && lower > upper) {
    throw new PrunerError('BAD_OPTION', `Pruner threshold: lower must not be above upper, got ${lower} and ${upper}`);
  }
  return Object.freeze({
    name: 'threshold',
    settings: Object.freeze({ name: 'threshold', ...resolved }),
    decide: (context: PrunerContext) => decideByBounds(context, resolved),
  });
}

function decideByBounds({ trial }: PrunerContext, options: ThresholdOptions): PruneDecision {
  if (!isCheckDue(trial.reports, options)) return KEEP;
  const { step, value } = trial.reports.at(-1)!;
  const { lower, upper } = options;
  if (Number.isNaN(value)) return { prune: true, reason: `the value at step ${step} is NaN` };
  if (lower !== null && value < lower) return outside(step, value, `below the lower bound ${lower}`);
  if (upper !== null && value > upper) return outside(step, value, `above the upper bound ${upper}`);
  return KEEP;
}

function outside(step: number, value: number, where: string): PruneDecision {
  return { prune: true, reason: `value ${formatValue(value)} at step ${step} is ${where}` };
}
