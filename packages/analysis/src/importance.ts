import type { Direction } from '@assay/sampler';
import { contains, type Parameter, type SearchSpace } from '@assay/space';
import type { AnalysedTrial } from './analysed-trial.js';
import { categoryDensity, orderedDensity } from './grid-density.js';
import { type ValueGrid, valueGrid } from './value-grid.js';

type Outcome = Pick<AnalysedTrial, 'state' | 'params' | 'values'>;

export interface ParameterImportance {
  readonly name: string;
  /** In [0, 1]; the importances of one call sum to 1. */
  readonly importance: number;
}

export interface ImportanceOptions {
  /** Which share of the trials counts as good, in (0, 1]. Default 0.1, as in Optuna. */
  readonly targetQuantile?: number;
}

/** Fewer trials with a parameter than this say nothing about it (`_min_n_trials_in_regime` in Optuna). */
const MIN_TRIALS = 2;

/**
 * How much each parameter matters for being among the best trials (PED-ANOVA): how differently its values are distributed
 * among the good trials and among all of them. A conditional parameter is judged among the trials that have it, and weighs
 * as much as those are over-represented among the good ones. Same numbers as Optuna 5's `get_param_importances`.
 * O(trials x parameters), no model is fitted.
 *
 * Looks at complete trials with a finite first value, feasible or not. A value that the space does not contain (its range
 * has changed since) counts as absent.
 * @returns the parameters that at least one complete trial has, most important first; all equal when nothing can be told
 * @see Watanabe et al. 2023, "PED-ANOVA", arXiv:2304.10255; conditional parameters: arXiv:2601.20800, theorem 4.2
 */
export function importance(
  space: SearchSpace,
  trials: readonly Outcome[],
  direction: Direction,
  { targetQuantile = 0.1 }: ImportanceOptions = {},
): readonly ParameterImportance[] {
  const complete = trials.filter(({ state }) => state === 'complete');
  const region = complete.filter(({ values }) => Number.isFinite(values[0]));
  const isTarget = targetOf(region, direction, targetQuantile);
  const raw = space
    .filter(({ name }) => complete.some(({ params }) => Object.hasOwn(params, name)))
    .map((parameter) => ({ name: parameter.name, importance: divergence(parameter, region, isTarget) }));
  return normalized(raw);
}

/** For each trial whether it is among the best share, ties with the last of them included. */
function targetOf(region: readonly Outcome[], direction: Direction, quantile: number): readonly boolean[] {
  const losses = Float64Array.from(region, ({ values }) => (direction === 'minimize' ? values[0]! : -values[0]!));
  const cutoff = losses.toSorted()[Math.ceil(quantile * losses.length) - 1];
  return Array.from(losses, (loss) => cutoff !== undefined && loss <= cutoff);
}

/** The Pearson divergence of the good trials' values from all trials' values, up to a factor that all parameters share. */
function divergence(
  { name, distribution }: Parameter,
  region: readonly Outcome[],
  isTarget: readonly boolean[],
): number {
  const grid = valueGrid(distribution);
  if (grid === null) return 0;
  const all = new Float64Array(grid.cells);
  const good = new Float64Array(grid.cells);
  let [allTrials, goodTrials] = [0, 0];
  region.forEach(({ params }, index) => {
    if (!Object.hasOwn(params, name) || !contains(distribution, params[name])) return;
    const cell = grid.cellOf(params[name]!);
    all[cell]!++;
    allTrials++;
    if (!isTarget[index]) return;
    good[cell]!++;
    goodTrials++;
  });
  if (allTrials < MIN_TRIALS || goodTrials === 0) return 0;
  return (goodTrials ** 2 / allTrials) * pearson(densityOn(grid, good), densityOn(grid, all));
}

function densityOn(grid: ValueGrid, counts: Float64Array): Float64Array {
  return grid.unordered ? categoryDensity(counts) : orderedDensity(counts);
}

function pearson(good: Float64Array, all: Float64Array): number {
  return all.reduce((sum, share, cell) => sum + share * (good[cell]! / share - 1) ** 2, 0);
}

function normalized(raw: readonly ParameterImportance[]): readonly ParameterImportance[] {
  const total = raw.reduce((sum, { importance }) => sum + importance, 0);
  return raw
    .map(({ name, importance }) => ({ name, importance: total === 0 ? 1 / raw.length : importance / total }))
    .sort((a, b) => b.importance - a.importance);
}
