/**
 * Weights for trials from best to worst, of mean 1: by the logarithm of the rank, so that they do not depend on how the
 * losses are scaled, and one of them cannot take all.
 * @see Hansen 2016, "The CMA Evolution Strategy: A Tutorial" (arXiv:1604.00772), eq. (49)
 */
export function rankWeights(count: number): Float64Array {
  const raw = Float64Array.from({ length: count }, (_, rank) => Math.log(count + 0.5) - Math.log(rank + 1));
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / count;
  return raw.map((weight) => weight / mean);
}
