/**
 * Largest distance between the empirical distribution of draws and their CDF (Kolmogorov-Smirnov).
 * @param cdf P(X <= x), continuous
 */
export function ksDistance(draws: readonly number[], cdf: (x: number) => number): number {
  const n = draws.length;
  return [...draws]
    .sort((a, b) => a - b)
    .reduce((worst, x, i) => Math.max(worst, Math.abs(cdf(x) - i / n), Math.abs(cdf(x) - (i + 1) / n)), 0);
}

/** P(ksDistance > this) <= a for correct draws (Dvoretzky, Kiefer, Wolfowitz; Massart 1990). a = 1e-6: a failure is a bug. */
export function ksBound(n: number, a = 1e-6): number {
  return Math.sqrt(Math.log(2 / a) / (2 * n));
}

/** Pearson's statistic of counts against probabilities. */
export function chiSquare(counts: readonly number[], probabilities: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, i) => sum + (count - n * probabilities[i]!) ** 2 / (n * probabilities[i]!), 0);
}

/** P(chi-square > this) is about 1e-6 (Laurent and Massart 2000, lemma 1, an upper bound: k + 2 sqrt(k t) + 2 t). */
export function chiSquareBound(degreesOfFreedom: number, a = 1e-6): number {
  const t = Math.log(1 / a);
  return degreesOfFreedom + 2 * Math.sqrt(degreesOfFreedom * t) + 2 * t;
}

/** The integral of f over [low, high], Simpson's rule. */
export function integrate(f: (x: number) => number, low: number, high: number, pieces = 2000): number {
  const width = (high - low) / pieces;
  let sum = 0;
  for (let i = 0; i < pieces; i++) {
    const x = low + i * width;
    sum += (f(x) + 4 * f(x + width / 2) + f(x + width)) * (width / 6);
  }
  return sum;
}
