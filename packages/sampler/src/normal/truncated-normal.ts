import { normalCdf, normalQuantile } from './normal.js';

/**
 * The point of a normal distribution cut to [low, high] below which the share u of it lies (inverse CDF).
 * @param mu the centre, itself inside [low, high], so that neither tail has to be resolved
 * @param sigma > 0
 * @param u in [0, 1]
 */
export function truncatedNormalQuantile(mu: number, sigma: number, low: number, high: number, u: number): number {
  const below = normalCdf((low - mu) / sigma);
  const above = normalCdf((mu - high) / sigma); // the right tail's mass, mirrored to keep its digits
  const p = below + u * (1 - below - above);
  const z = p < 0.5 ? normalQuantile(p) : -normalQuantile(above + (1 - u) * (1 - below - above));
  return Math.min(Math.max(mu + sigma * z, low), high);
}
