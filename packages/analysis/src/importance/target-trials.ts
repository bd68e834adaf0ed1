import { bestByHypervolume, type Losses } from '@assay/sampler';

/**
 * For each trial whether it is among the best share. With one loss those that tie with the last of them are as well; with
 * several they are the first fronts, and of the front that does not fit those that together dominate most.
 * @param losses a vector per trial, finite
 * @param quantile in (0, 1]
 * @see Optuna 5.0, `PedAnovaImportanceEvaluator._get_top_quantile_trials`
 */
export function isTarget(losses: readonly Losses[], quantile: number): readonly boolean[] {
  const count = Math.ceil(quantile * losses.length);
  if (losses[0]?.length === 1) return isWithin(losses, count);
  const best = new Set(bestByHypervolume(losses, count));
  return losses.map((_, index) => best.has(index));
}

function isWithin(losses: readonly Losses[], count: number): readonly boolean[] {
  const cutoff = Float64Array.from(losses, ([loss]) => loss!).sort()[count - 1]!;
  return losses.map(([loss]) => loss! <= cutoff);
}
