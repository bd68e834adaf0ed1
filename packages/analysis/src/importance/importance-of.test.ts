import { categorical, choice, float, int, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import type { AnalysedTrial } from '../analysed-trial.js';
import { importanceOf } from './importance-of.js';
import { completeTrial, randomStudy, spreadStudy } from './random-study.test.kit.js';

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

describe('importanceOf several objectives', () => {
  const three = space({ cost: float(0, 1), gain: float(0, 1), noise: float(0, 1) }).parameters;
  const trials = Array.from({ length: 1000 }, (_, i): AnalysedTrial => {
    const [cost, gain, noise] = [i % 10, Math.floor(i / 10) % 10, Math.floor(i / 100)].map((digit) => digit / 9);
    return { ...completeTrial(i, { cost: cost!, gain: gain!, noise: noise! }, 0), values: [cost!, gain!] };
  });
  const order = (objective?: number) =>
    importanceOf(three, trials, ['minimize', 'maximize'], objective === undefined ? {} : { objective });

  it('weighs for one of them', () => {
    expect(order(0)[0]).toEqual({ name: 'cost', importance: expect.closeTo(1, 3) });
    expect(order(1)[0]).toEqual({ name: 'gain', importance: expect.closeTo(1, 3) });
  });

  it('weighs for all of them together: near the front both decide', () => {
    const [first, second, last] = order();
    expect(new Set([first!.name, second!.name])).toEqual(new Set(['cost', 'gain']));
    expect(second!.importance).toBeGreaterThan(0.3);
    expect(last!.importance).toBeLessThan(0.01);
  });

  it('leaves a trial out where a value that counts is not finite', () => {
    const diverged = { ...trials[0]!, params: { cost: 0.5, gain: 0.5, noise: 0.5 }, values: [-1, Infinity] };
    const ofAll = importanceOf(three, [...trials, diverged], ['minimize', 'maximize']);
    expect(ofAll).toEqual(order());
    expect(importanceOf(three, [...trials, diverged], ['minimize', 'maximize'], { objective: 0 })).not.toEqual(
      order(0),
    );
  });

  it.each([
    { name: 'an objective there is not', options: { objective: 2 } },
    { name: 'half an objective', options: { objective: 0.5 } },
    { name: 'no good trials', options: { targetQuantile: 0 } },
    { name: 'more than all', options: { targetQuantile: 1.1 } },
  ])('refuses $name', ({ options }) => {
    expect(() => importanceOf(three, trials, ['minimize', 'maximize'], options)).toThrow(
      expect.objectContaining({ name: 'AnalysisError', code: 'BAD_OPTION' }),
    );
  });
});

it('gives the same after every further trial as at once, though it remembers cells', () => {
  const { space: everything, trials, directions } = randomStudy(5, 60, 2);
  for (const count of [10, 40, 60]) {
    const remembered = importanceOf(everything, trials.slice(0, count), directions);
    const fresh = structuredClone({ everything, trials: trials.slice(0, count) });
    expect(importanceOf(fresh.everything, fresh.trials, directions)).toEqual(remembered);
  }
});

// get_param_importances of Optuna 5.0.0 on the same trials; optuna-importance.test.ts asks it again where it is installed.
it('gives the numbers that Optuna gives', () => {
  const { space, trials, directions } = spreadStudy();
  expect(importanceOf(space, trials, directions)).toEqual([
    { name: 'lr', importance: expect.closeTo(0.794819300845215, 12) },
    { name: 'optimizer.sgd.momentum', importance: expect.closeTo(0.156550836068054, 12) },
    { name: 'layers', importance: expect.closeTo(0.033221970438962, 12) },
    { name: 'optimizer', importance: expect.closeTo(0.015407892647769, 12) },
  ]);
});
