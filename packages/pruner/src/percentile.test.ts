import fc from 'fast-check';
import { expect, it } from 'vitest';
import { percentileOf } from './percentile.js';

it.each([
  { name: 'the middle of three', values: [3, 1, 2], percentile: 50, expected: 2 },
  { name: 'half-way between the middle two', values: [4, 1, 2, 3], percentile: 50, expected: 2.5 },
  { name: 'a quarter of the way: position 0.75 of 1..4', values: [1, 2, 3, 4], percentile: 25, expected: 1.75 },
  { name: 'three quarters: position 2.25 of 1..4', values: [1, 2, 3, 4], percentile: 75, expected: 3.25 },
  { name: 'the smallest', values: [5, 9, 7], percentile: 0, expected: 5 },
  { name: 'the largest', values: [5, 9, 7], percentile: 100, expected: 9 },
  { name: 'numbers by size, not as text', values: [10, 9, 100], percentile: 50, expected: 10 },
  { name: 'NaN does not count', values: [Number.NaN, 1, Number.NaN, 3], percentile: 50, expected: 2 },
  { name: 'a known value beside infinity', values: [1, 2, Infinity], percentile: 50, expected: 2 },
  { name: 'two infinities', values: [Infinity, Infinity], percentile: 50, expected: Infinity },
  { name: 'one value', values: [7], percentile: 33, expected: 7 },
  { name: 'only NaN', values: [Number.NaN], percentile: 50, expected: Number.NaN },
  { name: 'nothing', values: [], percentile: 50, expected: Number.NaN },
])('percentile $percentile of $values is $expected: $name', ({ values, percentile, expected }) => {
  expect(percentileOf(Float64Array.from(values), percentile)).toBe(expected);
});

it('leaves its input as it was', () => {
  const values = Float64Array.from([3, 1, 2]);
  percentileOf(values, 50);
  expect([...values]).toEqual([3, 1, 2]);
});

it('never falls as the percentile rises', () => {
  const rank = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), rank, rank, (list, a, b) => {
      const values = Float64Array.from(list);
      expect(percentileOf(values, Math.min(a, b))).toBeLessThanOrEqual(percentileOf(values, Math.max(a, b)) + 1e-12);
    }),
  );
});
