import { describe, expect, it } from 'vitest';
import { complete } from '../contexts.test.kit.js';
import type { Direction, Observation } from '../sampler.js';
import { FinishedTrials } from './finished-trials.js';

const done = (number: number, ...values: readonly number[]): Observation => complete(number, {}, ...values);
const pruned = (
  number: number,
  reports: readonly (readonly [number, number])[],
  value = reports.at(-1)?.[1],
): Observation => ({
  ...done(number),
  state: 'pruned',
  values: value === undefined ? [] : [value],
  reports: reports.map(([step, reported]) => ({ step, value: reported })),
});
const broken = (trial: Observation, ...constraints: readonly number[]): Observation => ({ ...trial, constraints });

/** The numbers of the best, ascending. */
function goodOf(trials: readonly Observation[], count: number, ...given: readonly Direction[]): readonly number[] {
  const directions = given.length === 0 ? (['minimize'] as const) : given;
  const finished = new FinishedTrials({ directions, reportedObjective: 0 }, trials.length);
  finished.sync([...trials].reverse());
  return finished
    .best(Math.min(count, trials.length))
    .map(({ number }) => number)
    .sort((a, b) => a - b);
}

describe('the best finished trials', () => {
  it.each([
    { name: 'the least values', values: [5, 1, 4, 2], count: 2, good: [1, 3] },
    { name: 'the earlier of equals', values: [1, 1, 1], count: 2, good: [0, 1] },
    {
      name: '-Infinity is best, NaN and Infinity are worst',
      values: [NaN, 7, -Infinity, Infinity],
      count: 2,
      good: [1, 2],
    },
    { name: 'more than there are', values: [1, 2], count: 5, good: [0, 1] },
    { name: 'none', values: [1, 2], count: 0, good: [] },
  ])('takes $name', ({ values, count, good }) => {
    expect(
      goodOf(
        values.map((value, number) => done(number, value)),
        count,
      ),
    ).toEqual(good);
  });

  it('takes the greatest when maximizing', () => {
    expect(
      goodOf(
        [5, 1, NaN, 7].map((value, number) => done(number, value)),
        2,
        'maximize',
      ),
    ).toEqual([0, 3]);
  });

  it('ranks pruned trials behind complete ones: later stops first, then the value at the stop', () => {
    const trials = [
      pruned(0, [[1, 0.1]]),
      pruned(1, [
        [1, 9],
        [5, 3],
      ]),
      pruned(2, [[5, 2]]),
      pruned(3, []),
      pruned(4, [[9, 1]], Infinity), // diverged
      done(5, 1e9),
    ];
    const ranking = [5, 2, 1, 0];
    for (const count of [1, 2, 3, 4]) expect(new Set(goodOf(trials, count))).toEqual(new Set(ranking.slice(0, count)));
    expect(goodOf(trials, 5)).toEqual([0, 1, 2, 3, 5]);
  });

  it('turns the value at the stop around when maximizing', () => {
    expect(goodOf([pruned(0, [[5, 3]]), pruned(1, [[5, 2]])], 1, 'maximize')).toEqual([0]);
  });

  it('ranks infeasible trials last, by the sum of what exceeds 0', () => {
    const trials = [
      broken(done(0, -5), 0.2, 0.2),
      broken(done(1, 9), 0.3, -7),
      pruned(2, []),
      broken(done(3, 8), 0, -1),
    ];
    const ranking = [3, 2, 1, 0];
    for (const count of [1, 2, 3]) expect(new Set(goodOf(trials, count))).toEqual(new Set(ranking.slice(0, count)));
  });

  it('takes whole fronts for several objectives, and of the one that does not fit what dominates most', () => {
    const points = [
      [5, 5],
      [1, 4],
      [4, 1],
      [2, 2],
      [2.1, 3],
      [1.9, 2.1],
    ] as const; // front: 1, 2, 3, 5; then 4; then 0
    const trials = points.map((values, number) => done(number, ...values));
    expect(goodOf(trials, 4, 'minimize', 'minimize')).toEqual([1, 2, 3, 5]);
    expect(goodOf(trials, 5, 'minimize', 'minimize')).toEqual([1, 2, 3, 4, 5]);
    // Up to (4.4, 4.4), 1.1 times the front's worst: 3 dominates 2.4 x 2.4; then 1 adds 1 x 0.4, as 2 does, and 5 only 0.1 x 2.3.
    expect(goodOf(trials, 2, 'minimize', 'minimize')).toEqual([1, 3]);
    expect(goodOf(trials, 1, 'maximize', 'maximize')).toEqual([0]);
  });
});
