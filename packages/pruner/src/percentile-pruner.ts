import { type CheckSchedule, isCheckDue } from './check-schedule.js';
import { formatValue } from './format-value.js';
import { bestValue, isWorse, type LearningCurve, valueAt } from './learning-curve.js';
import { numberWithin, resolveOptions, wholeNumber } from './option-rules.js';
import { percentileOf } from './percentile.js';
import { KEEP, type PruneDecision, type Pruner, type PrunerContext } from './pruner.js';

/** Whom a trial is compared with, and when. */
export interface ComparisonOptions extends CheckSchedule {
  /** No pruning before so many trials are complete (at least one, always). */
  readonly startupTrials: number;
  /** No pruning at a step that fewer complete trials have reported. */
  readonly minTrials: number;
}

export interface PercentileOptions extends ComparisonOptions {
  /** From 0 to 100; 25 lets only those go on that are within the best quarter. */
  readonly percentile: number;
}

/** Optuna 5.0.0, `PercentilePruner.__init__` and `MedianPruner.__init__`. */
export const COMPARISON_DEFAULTS: ComparisonOptions = Object.freeze({
  startupTrials: 5,
  warmupSteps: 0,
  intervalSteps: 1,
  minTrials: 1,
});

export const COMPARISON_RULES = {
  startupTrials: wholeNumber('startup', 0),
  warmupSteps: wholeNumber('warmup', 0),
  intervalSteps: wholeNumber('interval', 1),
  minTrials: wholeNumber('trials', 1),
};

export const PERCENTILE_RULES = { percentile: numberWithin('percentile', 0, 100), ...COMPARISON_RULES };

/**
 * Stops a trial whose best value so far is strictly worse than the given percentile of the complete trials' values at
 * exactly the current step. Pruned trials are not compared with. A trial with nothing but NaN is stopped.
 * @throws {PrunerError} `BAD_OPTION`, `UNKNOWN_OPTION`
 * @see Optuna 5.0.0, `PercentilePruner`
 */
export function percentilePruner(options: Partial<ComparisonOptions> & Pick<PercentileOptions, 'percentile'>): Pruner {
  const resolved = resolveOptions<PercentileOptions>('percentile', PERCENTILE_RULES, COMPARISON_DEFAULTS, options);
  return Object.freeze({
    name: 'percentile',
    settings: Object.freeze({ name: 'percentile', ...resolved }),
    decide: (context: PrunerContext) => compareWithPercentile(context, resolved),
  });
}

/** The rule of the percentile and of the median pruner. */
export function compareWithPercentile(context: PrunerContext, options: PercentileOptions): PruneDecision {
  const { direction, trial } = context;
  const complete = context.trials.filter(({ state }) => state === 'complete');
  if (complete.length < Math.max(1, options.startupTrials) || !isCheckDue(trial.reports, options)) return KEEP;

  const best = bestValue(direction, trial.reports);
  if (Number.isNaN(best)) return { prune: true, reason: 'every value reported so far is NaN' };

  const step = trial.reports.at(-1)!.step;
  const others = valuesAtStep(complete, step);
  if (others.length < options.minTrials) return KEEP;
  const rank = direction === 'minimize' ? options.percentile : 100 - options.percentile;
  const reference = percentileOf(others, rank);
  if (!isWorse(direction, best, reference)) return KEEP;
  const bar = options.percentile === 50 ? 'the median' : `percentile ${options.percentile}`;
  const worse = `best value so far ${formatValue(best)} is worse than ${formatValue(reference)}`;
  return { prune: true, reason: `${worse}, ${bar} of ${others.length} complete trials at step ${step}` };
}

function valuesAtStep(trials: readonly LearningCurve[], step: number): Float64Array {
  const values = trials.map(({ reports }) => valueAt(reports, step));
  return Float64Array.from(values.filter((value) => value !== undefined));
}
