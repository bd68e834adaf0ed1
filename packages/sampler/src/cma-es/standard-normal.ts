import { normalQuantile } from '../normal/normal.js';
import type { Rng } from '../rng.js';

/** Half of the least distance of two draws: stands in for 0, where the quantile is infinite. */
const LEAST = 2 ** -54;

/** One draw of the standard normal distribution. */
export function standardNormal(rng: Rng): number {
  return normalQuantile(Math.max(rng.next(), LEAST));
}
