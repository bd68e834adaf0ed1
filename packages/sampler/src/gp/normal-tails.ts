import { scaledErfc } from '../normal/erfc.js';

const LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);
const SQRT_HALF_PI = Math.sqrt(Math.PI / 2);

/** Below this, 1 - |u| Mills(|u|) has lost four digits and more to cancellation; the series is good to 1e-13 there. */
const FAR = -100;

export interface LogTail {
  readonly log: number;
  /** Its derivative. */
  readonly slope: number;
}

/**
 * ln of the expected improvement of a standard normal over -u, h(u) = phi(u) + u Phi(u), without underflow.
 * @see Ament, Daulton, Eriksson, Balandat and Bakshy 2023, "Unexpected improvements to expected improvement for Bayesian
 *   optimization" (arXiv:2310.20708), equation 9
 */
export function logImprovement(u: number): LogTail {
  if (u >= 0) {
    const density = Math.exp(-0.5 * u * u - LOG_SQRT_2PI);
    const below = 1 - density * millsRatio(u);
    const improvement = density + u * below;
    return { log: Math.log(improvement), slope: below / improvement };
  }
  const mills = millsRatio(-u);
  const rest = u > FAR ? 1 + u * mills : farRest(1 / (u * u));
  return { log: -0.5 * u * u - LOG_SQRT_2PI + Math.log(rest), slope: mills / rest };
}

/** 1 - x Mills(x) for large x, by its asymptotic series in 1 / x^2. */
function farRest(t: number): number {
  return t * (1 - t * (3 - t * (15 - 105 * t)));
}

/** ln P(Z < u) of the standard normal, without underflow. */
export function logBelow(u: number): LogTail {
  if (u >= 0) {
    const above = Math.exp(-0.5 * u * u - LOG_SQRT_2PI) * millsRatio(u);
    return { log: Math.log1p(-above), slope: Math.exp(-0.5 * u * u - LOG_SQRT_2PI) / (1 - above) };
  }
  const mills = millsRatio(-u);
  return { log: -0.5 * u * u - LOG_SQRT_2PI + Math.log(mills), slope: 1 / mills };
}

/** P(Z > x) over the density at x, for x >= 0. */
function millsRatio(x: number): number {
  return SQRT_HALF_PI * scaledErfc(x * Math.SQRT1_2);
}
