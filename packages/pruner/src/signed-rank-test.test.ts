import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedRankPValue } from './signed-rank-test.js';

const upTo = (n: number, isNegative: (i: number) => boolean): readonly number[] =>
  Array.from({ length: n }, (_, index) => index + 1).map((i) => (isNegative(i) ? -i : i));

// By hand: a difference of size k has rank k, and each of the 2^n signs is equally likely.
it.each([
  { name: 'one way of four', differences: [1, 2], p: 1 / 4 },
  { name: 'one way of sixteen', differences: [10, 30, 20, 40], p: 1 / 16 },
  { name: 'plus 2 + 3: 5 or 6 of {0, 1, 2, 3, 3, 4, 5, 6}', differences: [-1, 2, 3], p: 2 / 8 },
  { name: 'nothing above 0', differences: [-1, -2, -3], p: 1 },
  { name: 'one', differences: [5], p: 1 / 2 },
  { name: 'ranks 1.5, 1.5, 3; plus 4.5: {4.5, 4.5, 6}', differences: [1, -1, 2], p: 3 / 8 },
  { name: 'a zero takes rank 1 and decides nothing', differences: [0, 7, 8], p: 1 / 4 },
  { name: 'nothing but zeros', differences: [0, 0, 0], p: 1 },
])('$differences: p = $p ($name)', ({ differences, p }) => {
  expect(signedRankPValue(differences)).toBe(p);
});

// scipy.stats.wilcoxon(differences, zero_method='zsplit', alternative='greater' and 'less'), SciPy 1.17.1
it.each([
  { name: 'five', differences: [3, -1, 2, 4, -5], greater: 0.40625, less: 0.6875 },
  { name: 'ties and zeros', differences: [0, 0, -1, 2, 5, 5, -5, 7], greater: 0.171875, less: 0.875 },
  {
    name: '13 with ties: still exact',
    differences: [1, 1, 2, -2, 3, 3, -4, 5, 6, 7, 8, -8, 9],
    greater: 0.0540771484375,
    less: 0.9522705078125,
  },
  {
    name: '14 with ties: approximate',
    differences: [1, 1, 2, -2, 3, 3, -4, 5, 6, 7, 8, -8, 9, 10],
    greater: 0.02764617151542603,
    less: 0.972353828484574,
  },
  {
    name: '14 with a single zero: approximate',
    differences: [0, 1, 2, -3, 4, 5, 6, -7, 8, 9, 10, 11, -12, 13],
    greater: 0.0450410287894824,
    less: 0.9549589712105176,
  },
  { name: '20 zeros', differences: Array.from({ length: 20 }, () => 0), greater: 0.5, less: 0.5 },
  {
    name: '50 without ties: the last exact one',
    differences: upTo(50, (i) => i % 3 === 0),
    greater: 0.01308348408559823,
    less: 0.9872499584101826,
  },
  {
    name: '50 on both sides',
    differences: upTo(50, (i) => i % 2 === 0),
    greater: 0.5494910038496386,
    less: 0.45429891124351496,
  },
  {
    name: '51: approximate',
    differences: upTo(51, (i) => i % 3 === 0),
    greater: 0.027926091017792348,
    less: 0.9720739089822077,
  },
  {
    name: '60 with ties',
    differences: Array.from({ length: 60 }, (_, i) => (Math.floor(i / 2) + 1) * (i % 4 === 0 ? -1 : 1)),
    greater: 0.000251915889751877,
    less: 0.9997480841102481,
  },
])('gives what SciPy gives: $name', ({ differences, greater, less }) => {
  expect(signedRankPValue(differences)).toBeCloseTo(greater, 14);
  expect(signedRankPValue(differences.map((difference) => -difference))).toBeCloseTo(less, 14);
});

describe('against listing all signs', () => {
  it('agrees for up to 10 differences, ties and zeros among them', () => {
    const size = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 10 }), (differences) => {
        expect(signedRankPValue(differences)).toBe(pValueByListing(differences));
      }),
    );
  });
});

/** The slow twin: W+ for each of the 2^n choices of signs. */
function pValueByListing(differences: readonly number[]): number {
  const sumAbove = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + (value > 0 ? meanRank(values, value) : 0), 0);
  const observed = sumAbove(differences);
  let asClear = 0;
  for (let signs = 0; signs < 2 ** differences.length; signs++) {
    if (sumAbove(differences.map((value, i) => ((signs >> i) & 1 ? -value : value))) >= observed) asClear++;
  }
  return asClear / 2 ** differences.length;
}

function meanRank(values: readonly number[], value: number): number {
  const smaller = values.filter((other) => Math.abs(other) < Math.abs(value)).length;
  const equal = values.filter((other) => Math.abs(other) === Math.abs(value)).length;
  return smaller + (equal + 1) / 2;
}
