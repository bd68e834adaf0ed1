import { formatValue } from './format-value.js';
import { bestCurve, isWorse, type LearningCurve, type Report, valueAt } from './learning-curve.js';
import { numberWithin, resolveOptions, wholeNumber } from './option-rules.js';
import { KEEP, type PruneDecision, type Pruner, type PrunerContext } from './pruner.js';
import { signedRankPValue } from './signed-rank-test.js';

export interface WilcoxonOptions {
  /** A trial is stopped where chance alone would make it look so much worse less often than this; from 0 to 1. */
  readonly pThreshold: number;
  /** No pruning before so many instances are known of both trials (at least two, always). */
  readonly startupSteps: number;
}

/** Optuna 5.0.0, `WilcoxonPruner.__init__`. */
const WILCOXON_DEFAULTS: WilcoxonOptions = Object.freeze({ pThreshold: 0.1, startupSteps: 2 });

export const WILCOXON_RULES = {
  pThreshold: numberWithin('p', 0, 1),
  startupSteps: wholeNumber('startup', 0),
};

/** Optuna's own: whatever the options, one pair is not enough. */
const LEAST_PAIRS = 2;

/**
 * For trials whose value is the mean over instances (problems, folds, repeats), each reported under its own step, in any
 * order: stops a trial that is worse than the best complete one on the instances that both know, by Wilcoxon's signed-rank
 * test. No p-value of n pairs is below 2^-n, so with the default threshold four instances are needed. The test is repeated
 * at every report, and more than `pThreshold` of the trials that are as good as the best may be stopped in the end. A trial
 * is kept while its mean so far is no worse than the best trial's mean, and wherever one of the two has a value that is not
 * finite.
 * @throws {PrunerError} `BAD_OPTION`, `UNKNOWN_OPTION`
 * @see Optuna 5.0.0, `WilcoxonPruner`
 */
export function wilcoxonPruner(options: Partial<WilcoxonOptions> = {}): Pruner {
  const resolved = resolveOptions('wilcoxon', WILCOXON_RULES, WILCOXON_DEFAULTS, options);
  return Object.freeze({
    name: 'wilcoxon',
    settings: Object.freeze({ name: 'wilcoxon', ...resolved }),
    decide: (context: PrunerContext) => compareWithBest(context, resolved),
  });
}

function compareWithBest({ direction, trial, trials }: PrunerContext, options: WilcoxonOptions): PruneDecision {
  const best = bestCurve(direction, trials);
  if (best === null || !areFinite(trial.reports) || !areFinite(best.reports)) return KEEP;
  const sign = direction === 'minimize' ? 1 : -1;
  const losses = differences(trial, best).map((difference) => sign * difference);
  if (losses.length < Math.max(LEAST_PAIRS, options.startupSteps)) return KEEP;
  const p = signedRankPValue(losses);
  if (p >= options.pThreshold || !isWorse(direction, mean(trial.reports), mean(best.reports))) return KEEP;
  return { prune: true, reason: `worse than the best trial on ${losses.length} instances, p = ${formatValue(p)}` };
}

function areFinite(reports: readonly Report[]): boolean {
  return reports.every(({ value }) => Number.isFinite(value));
}

/** Own value less the other's, where both have reported the step. */
function differences(trial: LearningCurve, other: LearningCurve): readonly number[] {
  return trial.reports.flatMap(({ step, value }) => {
    const compared = valueAt(other.reports, step);
    return compared === undefined ? [] : [value - compared];
  });
}

function mean(reports: readonly Report[]): number {
  return reports.reduce((sum, { value }) => sum + value, 0) / reports.length;
}
