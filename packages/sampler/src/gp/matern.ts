const SQRT_5 = Math.sqrt(5);

/**
 * The Matern kernel of smoothness 5/2 with unit variance, (1 + s + s^2 / 3) exp(-s) with s = sqrt(5 r2), and its
 * derivative by r2, which unlike that by r exists at 0.
 * @param r2 `count` squared distances in length-scales
 * @see Rasmussen and Williams 2006, "Gaussian processes for machine learning", equation 4.17
 */
export function matern52(r2: Float64Array, count: number, correlation: Float64Array, slope: Float64Array): void {
  for (let i = 0; i < count; i++) {
    const s = SQRT_5 * Math.sqrt(r2[i]!);
    const decay = Math.exp(-s);
    correlation[i] = (1 + s + (s * s) / 3) * decay;
    slope[i] = (-5 / 6) * (1 + s) * decay;
  }
}
