/** exp(-40) is 4e-18: beside 1 a double does not see it. */
const NEGLIGIBLE = -40;

/** ln of the sum of exp(x), without overflow; -Infinity for nothing but -Infinity. */
export function logSumExp(xs: Float64Array): number {
  let max = -Infinity;
  for (let i = 0; i < xs.length; i++) if (xs[i]! > max) max = xs[i]!;
  if (max === -Infinity) return -Infinity;
  let sum = 0;
  for (let i = 0; i < xs.length; i++) {
    const below = xs[i]! - max;
    if (below > NEGLIGIBLE) sum += Math.exp(below);
  }
  return max + Math.log(sum);
}
