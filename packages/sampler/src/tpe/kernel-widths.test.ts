import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelWidths, type WidthOptions } from './kernel-widths.js';

const FREE = { minWidth: 0, minWidthExponent: 1000 };
const widths = (mus: readonly number[], options: Partial<WidthOptions>): readonly number[] => [
  ...kernelWidths(Float64Array.from(mus), 0, 10, { neighbours: 'all', ...FREE, ...options }),
];

describe('kernelWidths in [0, 10]', () => {
  it.each([
    { name: 'no observation', mus: [], expected: [] },
    { name: 'one: the nearer bound is beaten by the prior at 5', mus: [4], expected: [4] },
    { name: 'bounds and the prior are neighbours', mus: [1, 9], expected: [4, 4] },
    { name: 'in any order', mus: [9, 1, 2], expected: [4, 1, 3] },
    { name: 'on the bounds', mus: [0, 10], expected: [5, 5] },
    { name: 'equal ones: the first looks left, the last looks right', mus: [3, 3, 3], expected: [3, 0, 2] },
    { name: 'on the prior', mus: [5], expected: [5] },
  ])('with all neighbours: $name', ({ mus, expected }) => {
    expect(widths(mus, {})).toEqual(expected);
  });

  // Hand-worked from Optuna 5.0's rule: a lone one takes the farther bound, else the outermost look inward only.
  it.each([
    { name: 'a lone one', mus: [4], expected: [6] },
    { name: 'the outermost look inward', mus: [1, 9, 3], expected: [2, 6, 6] },
    { name: 'equal ones', mus: [3, 3], expected: [0, 0] },
  ])('among observations only: $name', ({ mus, expected }) => {
    expect(widths(mus, { neighbours: 'observations' })).toEqual(expected);
  });

  it('stays above both minima and below the range', () => {
    expect(widths([3, 3, 3], { minWidth: 0.05 })).toEqual([3, 0.5, 2]);
    expect(widths([3, 3, 3], { minWidthExponent: 1 })).toEqual([3, 2, 2]); // 10 / (3 + 2)
    expect(widths([3], { minWidth: 2 })).toEqual([10]);
  });

  it('agrees with a slow search for the neighbours', () => {
    const slow = (mus: readonly number[]): readonly number[] => {
      const places = [0, 5, 10, ...mus];
      return mus.map((mu) => {
        const below = Math.max(...places.filter((p) => p < mu), -Infinity);
        const above = Math.min(...places.filter((p) => p > mu), Infinity);
        return Math.max(Number.isFinite(below) ? mu - below : 0, Number.isFinite(above) ? above - mu : 0);
      });
    };
    fc.assert(
      fc.property(fc.uniqueArray(fc.double({ min: 0, max: 10, noNaN: true }).map((x) => x + 0)), (mus) => {
        expect(widths(mus, {})).toEqual(slow(mus));
      }),
      { seed: 1 },
    );
  });
});
