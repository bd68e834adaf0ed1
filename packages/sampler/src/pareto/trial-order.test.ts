import { describe, expect, it } from 'vitest';
import { complete } from '../contexts.test.kit.js';
import type { Observation } from '../sampler.js';
import { compareTrials, isComparable, lossesOf } from './trial-order.js';

const pruned = (number: number, step: number, value: number): Observation => ({
  ...complete(number, {}, value),
  state: 'pruned',
  reports: [{ step, value }],
});
const broken = (trial: Observation, ...constraints: readonly number[]): Observation => ({ ...trial, constraints });

describe('compareTrials', () => {
  it('puts complete trials before pruned before infeasible ones', () => {
    const best = [
      complete(9, {}, -Infinity),
      broken(complete(3, {}, 1), 0, -4),
      complete(1, {}, 2),
      complete(2, {}, 2),
      complete(0, {}, Number.NaN),
      pruned(4, 9, 7),
      pruned(7, 5, 1),
      pruned(6, 5, 2),
      { ...pruned(5, 5, 3), reports: [] },
      { ...pruned(8, 9, 1), values: [Infinity] }, // diverged
      broken(complete(10, {}, 1), 0.1, 0.1),
      broken(pruned(11, 1, 1), 0.3),
      broken(complete(12, {}, 1), Number.NaN),
    ];
    const shuffled = best.toSorted((a, b) => a.number - b.number);
    expect(shuffled.toSorted((a, b) => compareTrials(a, b, 'minimize'))).toEqual(best);
  });

  it('turns values around when maximizing', () => {
    const best = [complete(0, {}, 5), complete(1, {}, 3), pruned(2, 5, 9), pruned(3, 5, 8)];
    expect(best.toReversed().toSorted((a, b) => compareTrials(a, b, 'maximize'))).toEqual(best);
  });
});

it.each([
  { name: 'complete', trial: complete(0, {}, 1), expected: true },
  { name: 'on the bound of a constraint', trial: broken(complete(0, {}, 1), 0), expected: true },
  { name: 'pruned', trial: pruned(0, 1, 1), expected: false },
  { name: 'infeasible', trial: broken(complete(0, {}, 1), 1e-9), expected: false },
])('isComparable: $name', ({ trial, expected }) => {
  expect(isComparable(trial)).toBe(expected);
});

it('lossesOf turns values to maximize around, and takes what is missing or NaN for the worst', () => {
  expect(lossesOf(complete(0, {}, 1, 2, Number.NaN), ['minimize', 'maximize', 'maximize', 'minimize'])).toEqual([
    1,
    -2,
    Infinity,
    Infinity,
  ]);
});
