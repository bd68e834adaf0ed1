import type { ParamValues, SearchSpace } from '@assay/space';
import { type Column, cellTableOf } from './cell-table.js';
import { categoryDensity, orderedDensity } from './grid-density.js';

/** Fewer trials with a parameter than this say nothing about it (`_min_n_trials_in_regime` in Optuna). */
const MIN_TRIALS = 2;

/**
 * How differently each parameter's values are distributed among the good trials and among all of them: the Pearson divergence
 * of the two densities, up to a factor that all parameters share. A conditional parameter is judged among the trials that
 * have it, and weighs as much as those are over-represented among the good ones. No model is fitted; O(trials x parameters)
 * the first time, and little more than counting from then on.
 * @param isGood for each trial whether it is among the good ones
 * @returns by name; a parameter with a single value, or that no good trial has, is left out
 * @see Watanabe et al. 2023, "PED-ANOVA", arXiv:2304.10255; conditional parameters: arXiv:2601.20800, theorem 4.2
 */
export function pedAnova(
  space: SearchSpace,
  trials: readonly { readonly params: ParamValues }[],
  isGood: readonly boolean[],
): ReadonlyMap<string, number> {
  const table = cellTableOf(space);
  const all = new Float64Array(table.size);
  const good = new Float64Array(table.size);
  trials.forEach(({ params }, index) => {
    for (const cell of table.cellsOf(params)) {
      all[cell]!++;
      if (isGood[index]) good[cell]!++;
    }
  });
  return new Map(table.columns.map((column) => [column.name, divergence(column, all, good)]));
}

function divergence({ grid, start }: Column, all: Float64Array, good: Float64Array): number {
  const [allCounts, goodCounts] = [all.subarray(start, start + grid.cells), good.subarray(start, start + grid.cells)];
  const [allTrials, goodTrials] = [total(allCounts), total(goodCounts)];
  if (allTrials < MIN_TRIALS || goodTrials === 0) return 0;
  const densityOf = grid.unordered ? categoryDensity : orderedDensity;
  return (goodTrials ** 2 / allTrials) * pearson(densityOf(goodCounts), densityOf(allCounts));
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function pearson(good: Float64Array, all: Float64Array): number {
  return all.reduce((sum, share, cell) => sum + share * (good[cell]! / share - 1) ** 2, 0);
}
