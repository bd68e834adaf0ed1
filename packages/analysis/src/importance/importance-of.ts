import type { Direction, Losses } from '@assay/sampler';
import type { SearchSpace } from '@assay/space';
import { type AnalysedTrial, lossOf } from '../analysed-trial.js';
import { AnalysisError } from '../analysis-error.js';
import { pedAnova } from './ped-anova.js';
import { isTarget } from './target-trials.js';

export interface ParameterImportance {
  readonly name: string;
  /** In [0, 1]; the importances of one call sum to 1. */
  readonly importance: number;
}

/** How importance is judged: see `importanceOf`. */
export type ImportanceOptions = PedAnovaOptions;

interface ObjectiveOptions {
  /** The index of the objective that counts; left out, all of them together. */
  readonly objective?: number;
}

export interface PedAnovaOptions extends ObjectiveOptions {
  readonly evaluator?: 'ped-anova';
  /** Which share of the trials counts as good, in (0, 1]. Default 0.1, as in Optuna. */
  readonly targetQuantile?: number;
}

type Outcome = Pick<AnalysedTrial, 'state' | 'params' | 'values'>;

/**
 * How much each parameter matters for being among the best trials (PED-ANOVA). With several objectives those are the first
 * fronts. Same numbers as Optuna 5's `get_param_importances`.
 *
 * Looks at complete trials whose values are finite, feasible or not. A value that the space does not contain (its range has
 * changed since) counts as absent.
 * @param directions one per objective
 * @returns the parameters that at least one complete trial has, most important first; all equal when nothing can be told
 * @throws {AnalysisError} `BAD_OPTION`
 */
export function importanceOf(
  space: SearchSpace,
  trials: readonly Outcome[],
  directions: readonly Direction[],
  options: ImportanceOptions = {},
): readonly ParameterImportance[] {
  const complete = trials.filter(({ state }) => state === 'complete');
  const names = space
    .map(({ name }) => name)
    .filter((name) => complete.some(({ params }) => Object.hasOwn(params, name)));
  const judged = judgedBy(complete, objectivesOf(directions, options.objective), directions);
  const raw = pedAnova(space, judged.trials, isTarget(judged.losses, quantileOf(options)));
  return normalized(names, raw);
}

interface Judged {
  readonly trials: readonly Outcome[];
  /** A vector per trial, finite. */
  readonly losses: readonly Losses[];
}

function judgedBy(
  complete: readonly Outcome[],
  objectives: readonly number[],
  directions: readonly Direction[],
): Judged {
  const trials = complete.filter(({ values }) => objectives.every((objective) => Number.isFinite(values[objective])));
  const losses = trials.map(({ values }) => objectives.map((j) => lossOf(values[j]!, directions[j]!)));
  return { trials, losses };
}

function objectivesOf(directions: readonly Direction[], objective: number | undefined): readonly number[] {
  const all = [...directions.keys()];
  if (objective === undefined) return all;
  if (all.includes(objective)) return [objective];
  throw new AnalysisError(
    'BAD_OPTION',
    `objective must be a whole number below ${directions.length}, got ${objective}`,
  );
}

/** `PedAnovaImportanceEvaluator.__init__` in Optuna 5. */
const TARGET_QUANTILE = 0.1;

function quantileOf({ targetQuantile = TARGET_QUANTILE }: PedAnovaOptions): number {
  if (targetQuantile > 0 && targetQuantile <= 1) return targetQuantile;
  throw new AnalysisError('BAD_OPTION', `targetQuantile must be above 0 and at most 1, got ${targetQuantile}`);
}

function normalized(names: readonly string[], raw: ReadonlyMap<string, number>): readonly ParameterImportance[] {
  const weights = names.map((name) => raw.get(name) ?? 0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return names
    .map((name, i) => ({ name, importance: total === 0 ? 1 / names.length : weights[i]! / total }))
    .sort((a, b) => b.importance - a.importance);
}
