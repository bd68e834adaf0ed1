import { categorical, choice, float, int, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import type { AnalysedTrial } from '../analysed-trial.js';
import { importanceOf } from './importance-of.js';
import { completeTrial, spreadStudy } from './random-study.test.kit.js';

const two = space({ matters: float(0, 1), noise: float(0, 1) }).parameters;
const grid = Array.from({ length: 400 }, (_, i) => ({ matters: (i % 20) / 19, noise: Math.floor(i / 20) / 19 }));

describe('importanceOf', () => {
  it.each(['minimize', 'maximize'] as const)('finds the parameter that decides (%s)', (direction) => {
    const [first, second] = importanceOf(
      two,
      grid.map((params) => completeTrial(0, params, params.matters)),
      [direction],
    );
    expect(first!.name).toBe('matters');
    expect(first!.importance).toBeGreaterThan(0.999);
    expect(first!.importance + second!.importance).toBeCloseTo(1, 12);
  });

  it('shares equally between parameters that matter alike', () => {
    const trials = grid.map((params) => completeTrial(0, params, Math.max(params.matters, params.noise)));
    expect(importanceOf(two, trials, ['minimize']).map((found) => found.importance)).toEqual([0.5, 0.5]);
  });

  it('gives a branch parameter its weight from the trials of that branch alone', () => {
    const s = space({ o: choice({ a: {}, b: { x: int(0, 9) } }), y: int(0, 9) }).parameters;
    const trials = Array.from({ length: 200 }, (_, i) => {
      const [x, y] = [i % 10, Math.floor(i / 10) % 10];
      return i < 100 ? completeTrial(0, { o: 'a', y }, 5) : completeTrial(0, { o: 'b', 'o.b.x': x, y }, x);
    });
    const names = importanceOf(s, trials, ['minimize']).map(({ name }) => name);
    expect(names).toEqual(['o.b.x', 'o', 'y']);
  });

  const half = 0.5;
  it.each([
    { name: 'one trial', trials: [completeTrial(0, { matters: 0, noise: 1 }, 1)] },
    { name: 'equal values only', trials: grid.map((params) => completeTrial(0, params, 3)) },
    { name: 'no finite value', trials: grid.map((params) => completeTrial(0, params, Infinity)) },
  ])('is equal for all where nothing can be told: $name', ({ trials }) => {
    expect(importanceOf(two, trials, ['minimize'])).toEqual([
      { name: 'matters', importance: half },
      { name: 'noise', importance: half },
    ]);
  });

  it('leaves out trials that are not complete, and parameters that no complete trial has', () => {
    const pruned = grid.map(
      (params): AnalysedTrial => ({ ...completeTrial(0, params, params.noise), state: 'pruned' }),
    );
    expect(importanceOf(two, pruned, ['minimize'])).toEqual([]);
    const complete = grid.map(({ matters }) => completeTrial(0, { matters }, matters));
    expect(importanceOf(two, [...complete, ...pruned], ['minimize'])).toEqual([{ name: 'matters', importance: 1 }]);
  });

  it('counts a value that the space no longer contains as absent', () => {
    const s = space({ act: categorical(['relu', 'elu']), x: float(0, 1) }).parameters;
    const trials = grid.map(({ matters, noise }, i) =>
      completeTrial(0, { act: i % 2 ? 'relu' : 'elu', x: noise }, matters),
    );
    const stale = grid.map(({ noise }) => completeTrial(0, { act: 'gone', x: noise + 1.5 }, 9));
    expect(importanceOf(s, [...trials, ...stale], ['minimize'], { targetQuantile: 0.05 })).toEqual(
      importanceOf(s, trials, ['minimize'], { targetQuantile: 0.1 }),
    );
  });
});

// get_param_importances of Optuna 5.0.0 on the same trials; optuna-importance.test.ts asks it again where it is installed.
it('gives the numbers that Optuna gives', () => {
  const { space, trials, direction } = spreadStudy();
  expect(importanceOf(space, trials, [direction])).toEqual([
    { name: 'lr', importance: expect.closeTo(0.794819300845215, 12) },
    { name: 'optimizer.sgd.momentum', importance: expect.closeTo(0.156550836068054, 12) },
    { name: 'layers', importance: expect.closeTo(0.033221970438962, 12) },
    { name: 'optimizer', importance: expect.closeTo(0.015407892647769, 12) },
  ]);
});
