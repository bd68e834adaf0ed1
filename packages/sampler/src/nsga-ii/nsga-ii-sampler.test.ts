import { categorical, choice, float, int, type ParamValues, repeat, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { complete, contextOf } from '../contexts.test.kit.js';
import { hypervolume } from '../pareto/hypervolume.js';
import { randomSampler } from '../random-sampler.js';
import type { Observation, Sampler } from '../sampler.js';
import { simulateStudy } from '../simulated-study.test.kit.js';
import { nsgaIISampler } from './nsga-ii-sampler.js';

const six = space(Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`x${i}`, float(0, 1)]))).parameters;

/** Zitzler, Deb, Thiele 2000: the front is f2 = 1 - sqrt(f1), where all but the first are 0. */
function zdt1(params: ParamValues): readonly [number, number] {
  const [first = 0, ...rest] = Object.values(params) as number[];
  const g = 1 + (9 * rest.reduce((sum, x) => sum + x, 0)) / rest.length;
  return [first, g * (1 - Math.sqrt(first / g))];
}

function zdt1Volume(sampler: Sampler, trials: number, studySeed: number, workers = 1): number {
  const { finished } = simulateStudy(sampler, {
    space: six,
    directions: ['minimize', 'minimize'],
    trials,
    studySeed,
    workers,
    evaluate: zdt1,
  });
  return hypervolume(
    finished.map(({ values }) => values),
    [1.1, 6],
  );
}

/** 0.1 * 6 + 6 - 1 + 1 / 1.5: the whole front. */
const FRONT_VOLUME = 0.6 + 5 + 2 / 3;

/** A network's kind: how many weights it has, and what it makes of them; the branches and sizes that matter are conditional. */
const nets = space({
  lr: float(1e-5, 1, { log: true }),
  act: categorical(['relu', 'tanh', 'elu']),
  layers: int(1, 4),
  units: repeat('layers', int(1, 64)),
  opt: choice({ sgd: { momentum: float(0, 1) }, adam: { beta: float(0, 1) } }),
}).parameters;

function sizeAndError(params: ParamValues): readonly [number, number] {
  const size = [0, 1, 2, 3].reduce((sum, i) => sum + ((params[`units[${i}]`] as number | undefined) ?? 0), 0);
  const optimizer =
    params.opt === 'adam'
      ? Math.abs((params['opt.adam.beta'] as number) - 0.7)
      : 0.3 + Math.abs((params['opt.sgd.momentum'] as number) - 0.2);
  const rate = Math.abs(Math.log10(params.lr as number) + 2) / 3;
  return [size / 256, 16 / (16 + size) + optimizer + rate + (params.act === 'relu' ? 0 : 0.2)];
}

/** The share of the volume above the best error at every size that the trials do not dominate. */
function lackOnNets(sampler: Sampler, studySeed: number, workers: number): number {
  const { finished } = simulateStudy(sampler, {
    ...{ space: nets, directions: ['minimize', 'minimize'] as const, trials: 200, studySeed, workers },
    evaluate: sizeAndError,
  });
  const best = Array.from({ length: 256 }, (_, i) => [(i + 1) / 256, 16 / (17 + i)]);
  const volumeOf = (losses: readonly (readonly number[])[]): number => hypervolume(losses, [1, 2]);
  return 1 - volumeOf(finished.map(({ values }) => values)) / volumeOf(best);
}

describe('nsga-ii', () => {
  it.each([1, 8])('lacks half of what random search lacks in a mixed, conditional space (%i workers)', (workers) => {
    const lackOf = (sampler: Sampler): number =>
      [1, 2, 3, 4, 5].reduce((sum, seed) => sum + lackOnNets(sampler, seed, workers) / 5, 0);
    const [ours, random] = [lackOf(nsgaIISampler()), lackOf(randomSampler())];
    expect(ours).toBeLessThan(random / 2);
  });

  it.each([1, 4])('runs the same study again from the same seed, and another from another (%i workers)', (workers) => {
    const runFrom = (studySeed: number) =>
      simulateStudy(nsgaIISampler(), {
        ...{ space: nets, directions: ['minimize', 'minimize'] as const, trials: 50, studySeed, workers },
        evaluate: sizeAndError,
      }).finished;
    expect(runFrom(4)).toEqual(runFrom(4));
    expect(runFrom(4).slice(40)).not.toEqual(runFrom(5).slice(40));
  });

  it.each([
    { seed: 1, workers: 1 },
    { seed: 2, workers: 1 },
    { seed: 3, workers: 8 },
  ])(
    'comes within a tenth of the front of ZDT1, where random search lacks a quarter (seed $seed, $workers workers)',
    (run) => {
      const lack = (sampler: Sampler): number => 1 - zdt1Volume(sampler, 200, run.seed, run.workers) / FRONT_VOLUME;
      expect(lack(nsgaIISampler())).toBeLessThan(0.1);
      expect(lack(randomSampler())).toBeGreaterThan(0.25);
    },
  );

  it('turns objectives to maximize around', () => {
    const run = (sign: number, direction: 'minimize' | 'maximize'): readonly ParamValues[] =>
      simulateStudy(nsgaIISampler(), {
        space: six,
        directions: ['minimize', direction],
        trials: 60,
        evaluate: (params) => [zdt1(params)[0], sign * zdt1(params)[1]],
      }).finished.map(({ params }) => params);
    expect(run(-1, 'maximize')).toEqual(run(1, 'minimize'));
  });

  it('searches for one objective as well', () => {
    const best = (sampler: Sampler): number =>
      Math.min(
        ...simulateStudy(sampler, {
          space: six,
          trials: 200,
          evaluate: (params) => [Object.values(params).reduce<number>((sum, x) => sum + ((x as number) - 0.3) ** 2, 0)],
        }).finished.map(({ values }) => values[0]!),
      );
    expect(best(nsgaIISampler())).toBeLessThan(0.01);
    expect(best(randomSampler())).toBeGreaterThan(0.05);
  });

  it('finds the feasible corner first, then its best point', () => {
    // 1 in 64 of the space is feasible; the best there is at its border
    const { finished } = simulateStudy(nsgaIISampler(), {
      space: space({ x: float(0, 1), y: float(0, 1), z: float(0, 1) }).parameters,
      trials: 200,
      evaluate: ({ x, y, z }) => ({
        values: [(x as number) + (y as number) + (z as number)],
        constraints: [x, y, z].map((value) => 0.75 - (value as number)),
      }),
    });
    const feasible = finished.filter(({ constraints }) => constraints.every((value) => value <= 0));
    expect(feasible.length).toBeGreaterThan(60);
    expect(Math.min(...feasible.map(({ values }) => values[0]!))).toBeLessThan(2.3);
  });

  it('tries every configuration of a finite space once, and then has none left', () => {
    const { finished } = simulateStudy(nsgaIISampler({ population: 5 }), {
      space: space({ a: int(0, 4), b: int(0, 3), c: categorical(['u', 'v']) }).parameters,
      directions: ['minimize', 'minimize'],
      trials: 50,
      workers: 3,
      evaluate: ({ a, b }) => [a as number, -(b as number)],
    });
    expect(new Set(finished.map(({ params }) => JSON.stringify(params))).size).toBe(40);
    expect(finished).toHaveLength(40);
  });

  it("starts with children of an earlier study's best", () => {
    const prior: readonly Observation[] = Array.from({ length: 100 }, (_, i) =>
      complete(i, { x: i < 20 ? 0.9 : 0.1, y: i < 20 ? 0.2 : 0.7 }, i),
    );
    const plane = space({ x: float(0, 1), y: float(0, 1) }).parameters;
    const draws = Array.from(
      { length: 60 },
      (_, draw) => nsgaIISampler().suggest(contextOf(plane, { prior, draw }))!.params,
    );
    expect(draws.filter(({ x }) => (x as number) > 0.6).length).toBeGreaterThan(50);
    expect(draws.filter(({ y }) => (y as number) < 0.5).length).toBeGreaterThan(50);
  });

  it('refuses a population of one', () => {
    expect(() => nsgaIISampler({ population: 1 })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });
});
