/** Beyond this many standard deviations a double cannot tell the tail from 0. */
const FARTHEST = 8.3;

/**
 * The probability that a standard normal variable is above z, by the Taylor series of its integral around 0. Absolute error
 * below 1e-15.
 * @see Marsaglia 2004, "Evaluating the Normal Distribution", Journal of Statistical Software 11(4)
 */
export function normalTail(z: number): number {
  if (Math.abs(z) > FARTHEST) return z > 0 ? 0 : 1;
  const square = z * z;
  let term = z;
  let sum = 0;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= square / odd;
  }
  const density = Math.exp(-square / 2) / Math.sqrt(2 * Math.PI);
  return Math.min(Math.max(0.5 - sum * density, 0), 1);
}
