import { normalCdf } from '@assay/sampler';
import { type Comparison, compare, varianceOfWins } from './mann-whitney.js';

type Samples = readonly [ours: readonly number[], theirs: readonly number[]];

/**
 * Many problems at once: the mean share of wins, and whether it differs from a half. Ranks are taken within each problem,
 * so the units of a problem's losses do not matter, and each problem counts alike.
 * @param problems not empty
 * @see van Elteren 1960, "On the combination of independent two-sample tests of Wilcoxon"
 */
export function overallComparison(problems: readonly Samples[]): Comparison {
  const excess = problems.reduce((sum, [ours, theirs]) => sum + compare(ours, theirs).winShare - 0.5, 0);
  const variance = problems.reduce(
    (sum, [ours, theirs]) => sum + varianceOfWins(ours, theirs) / (ours.length * theirs.length) ** 2,
    0,
  );
  const z = variance === 0 ? 0 : excess / Math.sqrt(variance);
  return { winShare: 0.5 + excess / problems.length, better: normalCdf(-z), worse: normalCdf(z) };
}
