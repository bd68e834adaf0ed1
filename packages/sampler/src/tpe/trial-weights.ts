/** How much each observation counts in its density. */
export type WeightRule = 'improvement' | 'recency' | 'uniform';

const RECENT = 25;

/**
 * Weights by how far a good trial lies below the best bad one: the expected improvement of its place.
 * Uniform where that means nothing: no finite threshold, or an infinite loss among the good.
 * @param losses of the good trials, less is better
 * @param threshold the least loss among the bad trials
 * @see Song et al. 2022 (arXiv:2206.13035), the weighting; Watanabe 2023 (arXiv:2304.11127)
 */
export function improvementWeights(losses: readonly number[], threshold: number): Float64Array {
  const weights = Float64Array.from(losses, (loss) => Math.max(threshold - loss, 1e-12));
  return weights.every(Number.isFinite) ? weights : weights.fill(1);
}

/**
 * The newest 25 count fully, older ones less, down to 1/n for the first.
 * @param count n observations, ascending by number
 * @see Bergstra et al. 2011's implementation (hyperopt, `linear_forgetting_weights`), and Optuna's `default_weights`
 */
export function recencyWeights(count: number): Float64Array {
  const old = Math.max(count - RECENT, 0);
  const slope = (1 - 1 / count) / Math.max(old - 1, 1);
  return new Float64Array(count).map((_, i) => (i < old ? 1 / count + slope * i : 1));
}
