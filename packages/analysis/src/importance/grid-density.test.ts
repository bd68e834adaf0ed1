import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryDensity, orderedDensity } from './grid-density.js';

const anyCounts = fc
  .array(fc.nat(50), { minLength: 2, maxLength: 50 })
  .filter((counts) => counts.some((count) => count > 0))
  .map((counts) => Float64Array.from(counts));

const total = (xs: Float64Array): number => xs.reduce((sum, x) => sum + x, 0);

describe('densities on a grid', () => {
  // One kernel per category seen: own cell (1 + 1/k) / (1 + C/k), k = categories seen + 1; then one observation spread evenly.
  it.each([
    { counts: [2, 0], density: [(2 * 0.75 + 0.5) / 3, (2 * 0.25 + 0.5) / 3] },
    { counts: [1, 1], density: [0.5, 0.5] },
    { counts: [0, 3, 0], density: [(3 * 0.2 + 1 / 3) / 4, (3 * 0.6 + 1 / 3) / 4, (3 * 0.2 + 1 / 3) / 4] },
  ])('of categories with counts $counts', ({ counts, density }) => {
    expect([...categoryDensity(Float64Array.from(counts))]).toEqual(density.map((share) => expect.closeTo(share, 10)));
  });

  // Phi(1.64) - Phi(-1.64) = 0.899: the narrowest kernel; the last half of it is cut off at the border of the grid.
  it('of ordered cells: a lone observation keeps 90% of its kernel, the rest goes to its neighbours', () => {
    const lone = orderedDensity(Float64Array.of(0, 0, 1e9, 0, 0));
    expect([...lone]).toEqual([0, 0.0505, 0.899, 0.0505, 0].map((share) => expect.closeTo(share, 4)));
    const atBorder = orderedDensity(Float64Array.of(1e9, 0, 0, 0, 0));
    expect([...atBorder]).toEqual([0.9468, 0.0532, 0, 0, 0].map((share) => expect.closeTo(share, 4)));
  });

  it.each([
    { name: 'categories', density: categoryDensity },
    { name: 'ordered cells', density: orderedDensity },
  ])('of $name sum to 1 and leave no cell empty', ({ density }) => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        expect(total(density(counts))).toBeCloseTo(1, 9);
        expect(Math.min(...density(counts))).toBeGreaterThan(0);
      }),
    );
  });

  it('of ordered cells mirror when the counts are mirrored about a centre', () => {
    const counts = Float64Array.of(1, 4, 9, 4, 1);
    const density = orderedDensity(counts);
    expect([...density.toReversed()]).toEqual([...density].map((share) => expect.closeTo(share, 12)));
  });
});
