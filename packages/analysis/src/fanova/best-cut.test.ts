import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestCut, type Sample } from './best-cut.js';
import type { Feature } from './feature-table.js';

const range = (values: readonly number[]): Feature => ({
  kind: 'range',
  values: Float64Array.from(values),
  low: 0,
  high: 10,
});
const categories = (values: readonly number[]): Feature => ({
  kind: 'categories',
  values: Float64Array.from(values),
  count: 4,
});
const sampleOf = (losses: readonly number[], weights: readonly number[] = losses.map(() => 1)): Sample => ({
  losses: Float64Array.from(losses),
  weights: Float64Array.from(weights),
});
const ascending = ({ values }: Feature): Int32Array =>
  Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);

// The score of a part is (sum of losses)^2 / weight.
it.each([
  { name: 'half-way between two values', of: range([1, 3]), losses: [0, 6], cut: { at: 2, score: 36 } },
  { name: 'the largest step', of: range([1, 2, 4, 5]), losses: [0, 0, 6, 6], cut: { at: 3, score: 72 } },
  { name: 'in any order', of: range([5, 1, 4, 2]), losses: [6, 0, 6, 0], cut: { at: 3, score: 72 } },
  { name: 'not between equal values', of: range([1, 1, 2]), losses: [0, 6, 6], cut: { at: 1.5, score: 18 + 36 } },
  { name: 'of equally good ones the first', of: range([1, 2, 3]), losses: [1, 0, 1], cut: { at: 1.5, score: 1.5 } },
  { name: 'equal values', of: range([2, 2]), losses: [0, 6], cut: null },
  {
    name: 'one category against the others',
    of: categories([0, 1, 2, 1]),
    losses: [1, 6, 1, 6],
    cut: { at: 1, score: 74 },
  },
  { name: 'the first of two categories', of: categories([3, 2]), losses: [0, 6], cut: { at: 2, score: 36 } },
  { name: 'one category', of: categories([2, 2]), losses: [0, 6], cut: null },
])('bestCut: $name', ({ of, losses, cut }) => {
  expect(bestCut(of, ascending(of), sampleOf(losses))).toEqual(cut);
});

it('counts a trial as often as it was drawn', () => {
  const feature = range([1, 2, 3]);
  const trials = ascending(feature);
  expect(bestCut(feature, trials, sampleOf([0, 3, 6], [9, 1, 1]))).toEqual({ at: 1.5, score: 81 / 2 });
  expect(bestCut(feature, trials, sampleOf([0, 3, 6], [1, 1, 9]))).toEqual({ at: 2.5, score: 9 / 2 + 324 });
});

describe('against trying all cuts', () => {
  const rows = fc.array(
    fc.record({
      value: fc.integer({ min: 0, max: 3 }),
      loss: fc.integer({ min: -5, max: 5 }),
      weight: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  );

  it.each(['range', 'categories'] as const)('leaves the least squared error (%s)', (kind) => {
    fc.assert(
      fc.property(rows, (list) => {
        const values = list.map(({ value }) => value);
        const feature = kind === 'range' ? range(values) : categories(values);
        const sample = sampleOf(
          list.map(({ loss }) => loss),
          list.map(({ weight }) => weight),
        );
        const goesLeft = (at: number) => (value: number) => (kind === 'range' ? value <= at : value === at);
        const candidates = kind === 'range' ? [0.5, 1, 1.5, 2, 2.5] : [0, 1, 2, 3];
        const errors = candidates
          .filter((at) => new Set(values.map(goesLeft(at))).size === 2)
          .map((at) => squaredError(list, goesLeft(at)));
        const cut = bestCut(feature, ascending(feature), sample);
        if (errors.length === 0) expect(cut).toBeNull();
        else expect(squaredError(list, goesLeft(cut!.at))).toBeCloseTo(Math.min(...errors), 9);
      }),
    );
  });
});

interface Row {
  readonly value: number;
  readonly loss: number;
  readonly weight: number;
}

function squaredError(rows: readonly Row[], goesLeft: (value: number) => boolean): number {
  return [true, false].reduce((sum, side) => {
    const part = rows.filter(({ value }) => goesLeft(value) === side);
    const weight = part.reduce((all, row) => all + row.weight, 0);
    const mean = part.reduce((all, row) => all + row.weight * row.loss, 0) / weight;
    return sum + part.reduce((all, row) => all + row.weight * (row.loss - mean) ** 2, 0);
  }, 0);
}
