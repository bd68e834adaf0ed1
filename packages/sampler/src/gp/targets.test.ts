import { describe, expect, it } from 'vitest';
import { complete } from '../contexts.test.kit.js';
import type { Observation } from '../sampler.js';
import { mostTelling, targetsOf } from './targets.js';

const numbers = (...values: readonly number[]): readonly Observation[] => values.map((v, i) => complete(i, {}, v));

const losses = (...values: readonly number[]): readonly number[] =>
  targetsOf(numbers(...values), ['minimize'], [1]).map(({ loss }) => loss);

describe('targetsOf one objective', () => {
  it.each([
    { values: [3, 1, 2], expected: [3, 1, 2] },
    { values: [3, Infinity, 2], expected: [3, 3, 2] },
    { values: [3, -Infinity, 2], expected: [3, 2, 2] },
    { values: [Number.NaN, 1, 2], expected: [2, 1, 2] },
    { values: [Infinity, Number.NaN], expected: [0, 0] },
  ])('clips $values to the finite ones', ({ values, expected }) => {
    expect(losses(...values)).toEqual(expected);
  });

  it('turns values that are maximised around', () => {
    expect(targetsOf(numbers(3, -1), ['maximize'], [1]).map(({ loss }) => loss)).toEqual([-3, 1]);
  });

  it('leaves out pruned trials that never reported', () => {
    const pruned: Observation = { ...complete(1, {}), state: 'pruned' };
    expect(targetsOf([...numbers(3), pruned], ['minimize'], [1])).toHaveLength(1);
  });
});

describe('targetsOf several objectives', () => {
  // the front is (0, 10), (1, 5), (4, 0); it spans 4 and 10
  const trials = [
    [0, 10],
    [1, 5],
    [4, 0],
    [4, 10],
  ].map((values, i) => complete(i, {}, ...values));
  const scalarised = (weights: readonly number[]) =>
    targetsOf(trials, ['minimize', 'minimize'], weights).map(({ loss }) => loss);

  it('takes the worst weighted share of the front, and a little of the sum', () => {
    const shares = [
      [0, 0.5],
      [0.125, 0.25],
      [0.5, 0],
      [0.5, 0.5],
    ];
    const expected = shares.map(([a, b]) => expect.closeTo(Math.max(a!, b!) + 0.05 * (a! + b!), 12));
    expect(scalarised([0.5, 0.5])).toEqual(expected);
  });

  it('prefers the ends of the front as the weights do', () => {
    const best = (weights: readonly number[]): number => {
      const values = scalarised(weights);
      return values.indexOf(Math.min(...values));
    };
    expect([best([0.98, 0.02]), best([0.5, 0.5]), best([0.02, 0.98])]).toEqual([0, 1, 2]);
  });

  it('measures by the feasible front where there is one', () => {
    const infeasible = { ...complete(9, {}, -100, -100), constraints: [1] };
    const own = targetsOf([...trials, infeasible], ['minimize', 'minimize'], [0.5, 0.5]).map(({ loss }) => loss);
    expect(own.slice(0, 4)).toEqual(scalarised([0.5, 0.5]));
  });

  it('counts pruned trials as middling ones, in their places', () => {
    const pruned: Observation = { ...complete(9, {}), state: 'pruned' };
    const [first, ...others] = scalarised([0.5, 0.5]); // 0.525, 0.26875, 0.525, 0.55
    const withPruned = targetsOf([trials[0]!, pruned, ...trials.slice(1)], ['minimize', 'minimize'], [0.5, 0.5]);
    expect(withPruned.map(({ loss }) => loss)).toEqual([first, 0.525, ...others]);
  });

  it('tells nothing while only pruned trials are there', () => {
    const pruned: Observation = { ...complete(9, {}), state: 'pruned' };
    expect(targetsOf([pruned], ['minimize', 'minimize'], [0.5, 0.5])).toEqual([]);
  });

  it.each([
    [[[1, 2]]],
    [
      [
        [1, 2],
        [1, 2],
      ],
    ],
    [
      [
        [Infinity, 1],
        [2, Number.NaN],
      ],
    ],
    [
      [
        [-1.5e308, 1e-300],
        [1.5e308, 1.5e308],
        [0, -1.5e308],
      ],
    ],
  ])('is finite for %j', (values) => {
    const few = values.map((own, i) => complete(i, {}, ...own));
    for (const { loss } of targetsOf(few, ['minimize', 'maximize'], [0.3, 0.7]))
      expect(loss).toSatisfy(Number.isFinite);
  });
});

it('takes more trials than a call takes arguments', () => {
  const many = Array.from({ length: 200_000 }, (_, i) => complete(i, {}, i, i));
  expect(targetsOf(many, ['minimize', 'minimize'], [0.5, 0.5])).toHaveLength(many.length);
});

describe('mostTelling', () => {
  const targets = targetsOf(numbers(5, 0, 4, 1, 3, 2, 9, 8), ['minimize'], [1]);
  const kept = (limit: number) => mostTelling(targets, limit).map(({ trial }) => trial.number);

  it('keeps the best half, the first and the latest ones, in order', () => {
    expect(kept(4)).toEqual([0, 1, 3, 7]); // the best: 1 and 3; the first quarter: 0; then the latest: 7
    expect(kept(6)).toEqual([0, 1, 3, 5, 6, 7]);
    expect(kept(8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('counts those that break a constraint behind all others', () => {
    const broken = targets.map(({ trial, ...rest }) => ({
      ...rest,
      trial: { ...trial, constraints: [trial.number - 2.5] },
    }));
    expect(mostTelling(broken, 4).map(({ trial }) => trial.number)).toEqual([0, 1, 2, 7]); // 1 and 2 hold theirs, as does 0
  });
});
