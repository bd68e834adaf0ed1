/** How a warp changes the density of the values. */
export interface Jacobian {
  /** Sum of ln |dz / dy| over the values, up to a constant. */
  readonly log: number;
  /** Its derivative by the warp's parameter. */
  readonly slope: number;
}

/**
 * Bends the values so that a few huge ones do not drown the differences among the good: z = ln(1 + gap / tau), then
 * standardised. A large tau leaves the values as they are, a small one takes the logarithm of the distance to the best;
 * tau is one of the parameters that the likelihood decides on.
 * @param gaps values less the least one, all >= 0
 * @param logTau in the gaps' unit; Infinity for no bend at all
 * @param z receives the warped values, mean 0 and variance 1 (0 where all gaps are equal)
 * @param slope receives dz / dlogTau
 * @see Snelson, Rasmussen and Ghahramani 2004, "Warped Gaussian processes"
 */
export function warp(gaps: Float64Array, logTau: number, z: Float64Array, slope: Float64Array): Jacobian {
  const bent = bend(gaps, Math.exp(logTau), z, slope);
  const scaled = standardise(z, slope);
  return { log: bent.log + scaled.log, slope: bent.slope + scaled.slope };
}

/** z = tau ln(1 + gap / tau): slope 1 at the best value, whatever tau. */
function bend(gaps: Float64Array, tau: number, z: Float64Array, slope: Float64Array): Jacobian {
  if (tau === Infinity) {
    z.set(gaps);
    slope.fill(0);
    return { log: 0, slope: 0 };
  }
  let log = 0;
  let logSlope = 0;
  for (let i = 0; i < gaps.length; i++) {
    const bent = Math.log1p(gaps[i]! / tau);
    const share = gaps[i]! / (tau + gaps[i]!);
    z[i] = tau * bent;
    slope[i] = tau * (bent - share);
    log -= bent;
    logSlope += share;
  }
  return { log, slope: logSlope };
}

function standardise(z: Float64Array, slope: Float64Array): Jacobian {
  const n = z.length;
  const mean = average(z);
  const meanSlope = average(slope);
  let variance = 0;
  let covariance = 0;
  for (let i = 0; i < n; i++) {
    z[i]! -= mean;
    slope[i]! -= meanSlope;
    variance += (z[i]! * z[i]!) / n;
    covariance += (z[i]! * slope[i]!) / n;
  }
  if (variance === 0) return { log: 0, slope: 0 };
  const deviation = Math.sqrt(variance);
  for (let i = 0; i < n; i++) {
    z[i]! /= deviation;
    slope[i] = slope[i]! / deviation - (z[i]! * covariance) / variance;
  }
  return { log: -n * Math.log(deviation), slope: (-n * covariance) / variance };
}

function average(xs: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < xs.length; i++) sum += xs[i]!;
  return sum / xs.length;
}
