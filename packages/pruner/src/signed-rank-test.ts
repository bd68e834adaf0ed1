import { normalTail } from './normal-tail.js';

/** SciPy's bounds for the exact distribution: by n, and where ranks are shared (there it lists all 2^13 signs). */
const EXACT = { withoutTies: 50, withTies: 13 };

/**
 * Wilcoxon's signed-rank test: how probable it is that the differences lie above 0 as clearly as these do, or more clearly,
 * when both signs are equally likely for each of them. Zeros are ranked as well and give half of their ranks to each side.
 *
 * Exact for up to 50 differences whose sizes all differ from each other and from 0, and for up to 13 others; the normal
 * approximation (with the correction for ties, without one for continuity) beyond. This is when SciPy 1.17 does so.
 * @param differences finite, at least one
 * @returns the one-sided p-value
 * @see Wilcoxon 1945; Pratt 1959 on zeros; `scipy.stats.wilcoxon(differences, zero_method='zsplit', alternative='greater')`
 */
export function signedRankPValue(differences: readonly number[]): number {
  const { ranks, groups } = rankBySize(differences);
  const hasTies = groups.length < differences.length || differences.includes(0);
  const isExact = differences.length <= (hasTies ? EXACT.withTies : EXACT.withoutTies);
  return isExact ? exactPValue(differences, ranks) : approximatePValue(differences, ranks, groups);
}

interface Ranking {
  /** Twice the rank of each difference's size, the mean of its group's where sizes are equal: a whole number. */
  readonly ranks: Float64Array;
  /** How many differences share each size. */
  readonly groups: readonly number[];
}

function rankBySize(differences: readonly number[]): Ranking {
  const sizes = Float64Array.from(differences, Math.abs);
  const order = [...sizes.keys()].sort((a, b) => sizes[a]! - sizes[b]!);
  const ranks = new Float64Array(sizes.length);
  const groups: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && sizes[order[end]!] === sizes[order[start]!]) end++;
    for (const index of order.slice(start, end)) ranks[index] = start + 1 + end;
    groups.push(end - start);
    start = end;
  }
  return { ranks, groups };
}

/** Counts the ways of giving signs by the sum of the ranks with a plus. Zeros stand on both sides alike and cancel out. */
function exactPValue(differences: readonly number[], ranks: Float64Array): number {
  const signed = [...ranks].filter((_, i) => differences[i] !== 0);
  const most = signed.reduce((sum, rank) => sum + rank, 0);
  const observed = ranks.reduce((sum, rank, i) => (differences[i]! > 0 ? sum + rank : sum), 0);
  const ways = new Float64Array(most + 1);
  ways[0] = 1;
  for (const rank of signed) {
    for (let sum = most; sum >= rank; sum--) ways[sum]! += ways[sum - rank]!;
  }
  return ways.subarray(observed).reduce((sum, count) => sum + count, 0) / 2 ** signed.length;
}

function approximatePValue(differences: readonly number[], ranks: Float64Array, groups: readonly number[]): number {
  const n = differences.length;
  // SciPy's own expressions, in whole and half ranks.
  const above = ranks.reduce((sum, rank, i) => sum + (rank / 2) * shareAbove(differences[i]!), 0);
  const ties = groups.reduce((sum, size) => sum + (size ** 3 - size), 0);
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1) - ties / 2) / 24);
  return normalTail((above - (n * (n + 1)) / 4) / deviation);
}

function shareAbove(difference: number): number {
  return difference === 0 ? 0.5 : difference > 0 ? 1 : 0;
}
