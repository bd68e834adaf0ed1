import { expect, it } from 'vitest';
import { completed, curve } from './curves.test.kit.js';
import { bestCurve, bestValue, firstCompleteRun, isWorse, valueAt } from './learning-curve.js';

it.each([
  { direction: 'minimize', a: 2, b: 1, worse: true },
  { direction: 'minimize', a: 1, b: 2, worse: false },
  { direction: 'maximize', a: 1, b: 2, worse: true },
  { direction: 'maximize', a: 2, b: 1, worse: false },
  { direction: 'minimize', a: 1, b: 1, worse: false },
  { direction: 'maximize', a: 1, b: 1, worse: false },
  { direction: 'minimize', a: Number.NaN, b: 1, worse: false },
  { direction: 'minimize', a: 1, b: Number.NaN, worse: false },
  { direction: 'minimize', a: Infinity, b: 1, worse: true },
] as const)('$a is worse than $b when we $direction: $worse', ({ direction, a, b, worse }) => {
  expect(isWorse(direction, a, b)).toBe(worse);
});

it.each([
  { values: [3, 1, 2], min: 1, max: 3 },
  { values: [Number.NaN, 2, Number.NaN, 5], min: 2, max: 5 },
  { values: [Infinity], min: Infinity, max: Infinity },
  { values: [Number.NaN], min: Number.NaN, max: Number.NaN },
  { values: [], min: Number.NaN, max: Number.NaN },
])('the best of $values is $min or $max', ({ values, min, max }) => {
  const { reports } = curve(values);
  expect(bestValue('minimize', reports)).toBe(min);
  expect(bestValue('maximize', reports)).toBe(max);
});

it('finds the value of exactly the step asked for, at both ends and in between, and none for a gap', () => {
  const { reports } = curve([10, undefined, 12, 13, undefined, undefined, 16]);
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((step) => valueAt(reports, step))).toEqual([
    10,
    undefined,
    12,
    13,
    undefined,
    undefined,
    16,
    undefined,
  ]);
  expect(valueAt([], 0)).toBeUndefined();
});

it('takes the run of the first complete trial that has reports, and of no other', () => {
  const earlierButPruned = curve([1, 1, 1, 1], { number: 0, state: 'pruned' });
  const trials = [...completed([], [1, 1, 1], [1, 1, 1, 1, 1]), earlierButPruned];
  expect(firstCompleteRun(trials)).toBe(2);
  expect(firstCompleteRun(trials.toReversed())).toBe(2);
  expect(firstCompleteRun([earlierButPruned, ...completed([])])).toBeUndefined();
});

it('takes the best final value, of equal ones the first trial, and none without a value', () => {
  const trials = [null, 3, 1, 5, 1, 5].map((value, number) => curve([], { number, value }));
  for (const order of [trials, trials.toReversed()]) {
    expect(bestCurve('minimize', order)?.number).toBe(2);
    expect(bestCurve('maximize', order)?.number).toBe(3);
  }
  expect(bestCurve('minimize', trials.slice(0, 1))).toBeNull();
  const infinite = curve([], { value: Infinity });
  expect(bestCurve('minimize', [infinite])).toBe(infinite);
});
