import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from './mann-whitney.js';

/** p-values of `scipy.stats.mannwhitneyu` 1.17.1 for alternative='less' and 'greater', method='auto'. */
const SCIPY = [
  { name: 'exact: apart', ours: [1, 2, 3], theirs: [4, 5, 6], better: 0.05, worse: 1 },
  {
    name: 'exact: mixed',
    ours: [1, 4, 6, 8],
    theirs: [2, 3, 5, 7, 9],
    better: 0.45238095238095244,
    worse: 0.6349206349206349,
  },
  {
    name: 'normal: small, with ties',
    ours: [0, 0, 1, 2],
    theirs: [0, 1, 1, 3, 4],
    better: 0.18742857134167,
    worse: 0.873056350085463,
  },
  {
    name: 'normal: too large to be exact',
    ours: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18],
    theirs: Array.from({ length: 20 }, (_, i) => i + 1.5),
    better: 0.20785355860528776,
    worse: 0.8045221881088389,
  },
  {
    name: 'normal: many ties, as tables have',
    ours: [0, 0, 0, 0, 0, 0, 1, 2, 3, 4],
    theirs: [0, 0, 0, 2, 2, 3, 5, 6, 7, 8],
    better: 0.04030365156253584,
    worse: 0.9661192914179526,
  },
  { name: 'nothing but ties', ours: [5, 5, 5], theirs: [5, 5, 5], better: 1, worse: 1 },
];

/** Every way to choose so many of the ranks. */
function subsets(ranks: readonly number[], size: number): readonly (readonly number[])[] {
  const [first, ...rest] = ranks;
  if (size === 0) return [[]];
  if (first === undefined) return [];
  return [...subsets(rest, size - 1).map((subset) => [first, ...subset]), ...subsets(rest, size)];
}

describe('compare', () => {
  it.each(SCIPY)('agrees with SciPy, $name', ({ ours, theirs, better, worse }) => {
    const got = compare(ours, theirs);
    expect(got.better).toBeCloseTo(better, 12);
    expect(got.worse).toBeCloseTo(worse, 12);
  });

  it('gives the share of all orders that favour us at least as much, when nothing ties', () => {
    const ranks = [0, 1, 2, 3, 4, 5, 6];
    const shareOf = (chosen: readonly number[]): number =>
      compare(
        chosen,
        ranks.filter((rank) => !chosen.includes(rank)),
      ).winShare;
    fc.assert(
      fc.property(fc.subarray([...ranks], { minLength: 1, maxLength: 6 }), (ours) => {
        const orders = subsets(ranks, ours.length);
        const asGood = orders.filter((order) => shareOf(order) >= shareOf(ours)).length;
        const theirs = ranks.filter((rank) => !ours.includes(rank));
        expect(compare(ours, theirs).better).toBeCloseTo(asGood / orders.length, 12);
      }),
      { numRuns: 60 },
    );
  });

  it('counts a tie as half a win, infinite regrets included', () => {
    expect(compare([1, Infinity], [1, Infinity]).winShare).toBe(0.5);
    expect(compare([0, 1], [1, Infinity]).winShare).toBe(3.5 / 4);
  });
});
