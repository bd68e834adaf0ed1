/** Steps of the table per unit of z^2 / 2. */
const STEPS = 256;

/** Beyond this exp(-z^2 / 2) is below 1e-11 and taken to be 0: every kernel has a tail that is far higher. */
const FARTHEST = 25;

/**
 * exp(-q / BELL_STEPS) at whole q; in between it is to be interpolated, within 2e-6. Several times faster than
 * `Math.exp`, and one kernel takes as many as it has axes.
 */
export const BELL_TABLE = Float64Array.from({ length: STEPS * FARTHEST + 1 }, (_, q) => Math.exp(-q / STEPS));

/** Beyond the table; what it is indexed by is below. */
export const BELL_END = BELL_TABLE.length - 1;

/** A width sigma as the factor r for which (r (x - mu))^2 is what the table is indexed by. */
export function bellScale(sigma: number): number {
  return Math.sqrt(STEPS / 2) / sigma;
}

/** exp(-z^2 / 2), interpolated. @param q z^2 / 2 in steps of the table */
export function bell(q: number): number {
  if (!(q < BELL_END)) return 0;
  const below = q | 0;
  return BELL_TABLE[below]! + (q - below) * (BELL_TABLE[below + 1]! - BELL_TABLE[below]!);
}
