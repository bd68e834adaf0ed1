import { normalCdf } from '@assay/sampler';

/** Two samples compared by rank; less is better. */
export interface Comparison {
  /** The share of pairs in which the first is less, ties counted half: 0.5 means no difference. */
  readonly winShare: number;
  /** One-sided p-value that the first tends to be less. */
  readonly better: number;
  /** One-sided p-value that the first tends to be greater. */
  readonly worse: number;
}

/** Up to this size of the smaller sample, and without ties, p is exact; the choice that SciPy's `method='auto'` makes. */
const EXACT_UP_TO = 8;

/**
 * The Mann-Whitney U test in both directions, as `scipy.stats.mannwhitneyu` does it: the exact distribution for small
 * samples without ties, else the normal approximation with correction for ties and continuity.
 * @param ours one sample, not empty
 * @param theirs the other, not empty
 * @see Mann and Whitney 1947, "On a test of whether one of two random variables is stochastically larger than the other"
 */
export function compare(ours: readonly number[], theirs: readonly number[]): Comparison {
  const wins = winsOf(ours, theirs);
  const pairs = ours.length * theirs.length;
  const tied = new Set([...ours, ...theirs]).size < ours.length + theirs.length;
  const exact = !tied && Math.min(ours.length, theirs.length) <= EXACT_UP_TO;
  const atLeast = exact ? exactUpperTail(ours.length, theirs.length) : normalUpperTail(ours, theirs);
  return { winShare: wins / pairs, better: atLeast(wins), worse: atLeast(pairs - wins) };
}

/** Mann and Whitney's U: pairs in which the first is less, ties counted half. */
function winsOf(ours: readonly number[], theirs: readonly number[]): number {
  let wins = 0;
  for (const a of ours) for (const b of theirs) wins += a < b ? 1 : a === b ? 0.5 : 0;
  return wins;
}

function normalUpperTail(ours: readonly number[], theirs: readonly number[]): (wins: number) => number {
  const mean = (ours.length * theirs.length) / 2;
  const deviation = Math.sqrt(varianceOfWins(ours, theirs));
  return (wins) => (deviation === 0 ? 1 : normalCdf(-(wins - mean - 0.5) / deviation));
}

/** Variance of U when both samples come from one distribution, given its ties (Lehmann 1975, appendix 4). */
export function varianceOfWins(ours: readonly number[], theirs: readonly number[]): number {
  const n = ours.length + theirs.length;
  const counts = new Map<number, number>();
  for (const x of [...ours, ...theirs]) counts.set(x, (counts.get(x) ?? 0) + 1);
  const ties = [...counts.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
  return ((ours.length * theirs.length) / 12) * (n + 1 - ties / (n * (n - 1)));
}

function exactUpperTail(first: number, second: number): (wins: number) => number {
  const counts = countsOfWins(first, second);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (wins) => counts.slice(wins).reduce((sum, count) => sum + count, 0) / total;
}

/**
 * In how many orders of the two samples U takes each value: the coefficients of the Gaussian binomial
 * prod_i (1 - q^(second + i)) / (1 - q^i), i = 1 .. first.
 */
function countsOfWins(first: number, second: number): readonly number[] {
  const counts = new Array<number>(first * second + 1).fill(0);
  counts[0] = 1;
  for (let i = 1; i <= first; i++) {
    for (let u = counts.length - 1; u >= second + i; u--) counts[u]! -= counts[u - second - i]!;
    for (let u = i; u < counts.length; u++) counts[u]! += counts[u - i]!;
  }
  return counts;
}
