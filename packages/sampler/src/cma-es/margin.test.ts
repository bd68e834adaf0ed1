import { int, ordered, space } from '@assay/space';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, axesOf } from '../axis.js';
import { normalCdf } from '../normal/normal.js';
import { type Marginal, withMargin } from './margin.js';
import { cellBorders } from './numeric-axis.js';

const axisOf = (declaration: ReturnType<typeof int> | ReturnType<typeof ordered>): Axis =>
  axesOf(space({ n: declaration }).parameters)[0]!;
const five = axisOf(int(0, 4)); // cells of width 0.2

describe('withMargin', () => {
  // margin 0.05; the paper's equations, written down again with scipy (norm.cdf, chi2.ppf)
  it.each([
    { name: 'below the first border', centre: 0.05, stretch: 1, deviation: 0.01, kept: [0.18355146373, 1] },
    { name: 'above the last border', centre: 0.95, stretch: 1, deviation: 0.02, kept: [0.832897072539, 1] },
    { name: 'in the middle, too narrow', centre: 0.5, stretch: 1, deviation: 0.01, kept: [0.5, 5.10213456925] },
    {
      name: 'too far from one border',
      centre: 0.45,
      stretch: 1,
      deviation: 0.03,
      kept: [0.492092970733, 1.83518728095],
    },
    { name: 'stretched before', centre: 0.59, stretch: 2, deviation: 0.02, kept: [0.575336666927, 4.47295634792] },
    { name: 'wide enough', centre: 0.5, stretch: 1, deviation: 0.2, kept: [0.5, 1] },
    { name: 'near enough to an end', centre: 0.19, stretch: 1, deviation: 0.02, kept: [0.19, 1] },
  ])('$name', ({ centre, stretch, deviation, kept }) => {
    const got = withMargin(five, { centre, stretch }, deviation, 0.05);
    expect(got.centre).toBeCloseTo(kept[0]!, 9);
    expect(got.stretch).toBeCloseTo(kept[1]!, 7);
  });

  it('leaves the present value with the margin as its least probability, wherever and however narrow it is', () => {
    const axes = [five, axisOf(int(1, 1000, { log: true })), axisOf(int(0, 1)), axisOf(ordered([16, 64, 256]))];
    fc.assert(
      fc.property(
        fc.constantFrom(...axes),
        fc.double({ min: -1, max: 2, noNaN: true }),
        fc.integer({ min: -9, max: 1 }),
        fc.integer({ min: 4, max: 400 }),
        (axis, centre, power, samples) => {
          const margin = 1 / samples;
          const kept = withMargin(axis, { centre, stretch: 1 }, 10 ** power, margin);
          expect(leaves(axis, centre, kept, 10 ** power)).toBeGreaterThan(margin * (1 - 1e-6));
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});

/** P(a sample lies outside of the cell that the mean was in). */
function leaves(axis: Axis, before: number, { centre, stretch }: Marginal, deviation: number): number {
  const { low, high } = cellBorders(axis, before);
  const below = low === null ? 0 : normalCdf((low - centre) / (stretch * deviation));
  const above = high === null ? 0 : normalCdf((centre - high) / (stretch * deviation));
  return below + above;
}
