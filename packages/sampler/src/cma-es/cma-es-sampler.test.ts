import { categorical, choice, float, int, type ParamValues, type SearchSpace, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { complete, contextOf, randomTrials } from '../contexts.test.kit.js';
import type { Observation } from '../sampler.js';
import { type SimulatedStudy, simulateStudy } from '../simulated-study.test.kit.js';
import { readNote } from './cma-es-note.js';
import { cmaEsSampler } from './cma-es-sampler.js';

const cube = (dimension: number): SearchSpace =>
  space(Object.fromEntries(Array.from({ length: dimension }, (_, i) => [`x${i}`, float(-5, 5)]))).parameters;
const coordinates = (params: ParamValues): readonly number[] => Object.values(params) as number[];

const sphere = (x: readonly number[]): number => x.reduce((sum, xi) => sum + (xi - 1.3) ** 2, 0);
const ellipsoid = (x: readonly number[]): number =>
  x.reduce((sum, xi, i) => sum + 1e6 ** (i / (x.length - 1)) * (xi - 1.3) ** 2, 0);
const rosenbrock = (x: readonly number[]): number =>
  x.slice(1).reduce((sum, next, i) => sum + 100 * (next - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2, 0);
/** Falls towards the corner where every coordinate is lowest. */
const slope = (x: readonly number[]): number => x.reduce((sum, xi) => sum + xi + 5, 0);

function bestOf(study: SimulatedStudy): number {
  return Math.min(...simulateStudy(cmaEsSampler(), study).finished.map(({ values }) => values[0]!));
}

describe('cma-es', () => {
  // About one and a half times the median of five seeds. With a constant sigma each takes longer than this; with a constant
  // covariance the ellipsoid stays above 10 and rosenbrock above 0.1; with all steps counted as good, above 0.5 but for the
  // corner.
  it.each([
    { name: 'sphere', loss: sphere, trials: 600 },
    { name: 'ellipsoid', loss: ellipsoid, trials: 1350 },
    { name: 'rosenbrock', loss: rosenbrock, trials: 1650 },
    { name: 'a corner', loss: slope, trials: 1450 },
  ])('finds the optimum in four dimensions to 1e-6: $name', ({ loss, trials }) => {
    const evaluate = (params: ParamValues): readonly number[] => [loss(coordinates(params))];
    expect(bestOf({ space: cube(4), trials, evaluate })).toBeLessThan(1e-6);
  });

  it('finds integers among floats, also where the loss does not tell the way', () => {
    const mixed = space({
      a: int(0, 100),
      b: int(1, 1000, { log: true }),
      c: int(0, 1),
      d: float(0, 1, { step: 0.1 }),
      x: float(0, 1),
      y: float(0, 1),
    }).parameters;
    const loss = ({ a, b, c, d, x, y }: ParamValues): number =>
      (Math.abs((a as number) - 71) / 20) ** 2 +
      Math.log((b as number) / 30) ** 2 +
      (1 - (c as number)) * 0.1 +
      ((d as number) - 0.3) ** 2 +
      ((x as number) - 0.61) ** 2 +
      ((y as number) - 0.2) ** 2;
    expect(bestOf({ space: mixed, trials: 1000, evaluate: (params) => [loss(params)] })).toBeLessThan(1e-6);
  });

  it('suggests the same whatever monotone transformation the loss goes through', () => {
    const paramsFor = (transform: (loss: number) => number): readonly ParamValues[] =>
      simulateStudy(cmaEsSampler(), {
        space: cube(3),
        trials: 150,
        evaluate: (params) => [transform(sphere(coordinates(params)))],
      }).finished.map(({ params }) => params);
    const plain = paramsFor((loss) => loss);
    expect(paramsFor((loss) => Math.log(loss))).toEqual(plain);
    expect(paramsFor((loss) => -1 / loss)).toEqual(plain);
  });

  it('maximizes as it minimizes the negative', () => {
    const run = (direction: 'minimize' | 'maximize', sign: number): readonly ParamValues[] =>
      simulateStudy(cmaEsSampler(), {
        space: cube(2),
        directions: [direction],
        trials: 60,
        evaluate: (params) => [sign * sphere(coordinates(params))],
      }).finished.map(({ params }) => params);
    expect(run('maximize', -1)).toEqual(run('minimize', 1));
  });

  it('starts again with twice the population once it has converged, and says so', () => {
    const { finished, messages } = simulateStudy(cmaEsSampler(), {
      space: cube(2),
      trials: 900,
      evaluate: (params) => [sphere(coordinates(params))],
    });
    const sizes = new Map<number, number>();
    for (const { note } of finished)
      sizes.set(readNote(note)!.generation, (sizes.get(readNote(note)!.generation) ?? 0) + 1);
    expect([...sizes.values()].slice(0, 20)).toEqual(new Array(20).fill(6));
    const restart = finished.findIndex(({ note }) => sizes.get(readNote(note)!.generation) === 12);
    expect(messages[0]).toBe(
      `cma-es has settled after ${restart} trials and starts again at random, 12 trials a generation`,
    );
  });

  it('tries every configuration of a finite space once, and then has none left', () => {
    const grid = space({ a: int(0, 4), b: int(0, 3), c: categorical(['u', 'v']) }).parameters;
    const { finished } = simulateStudy(cmaEsSampler(), {
      space: grid,
      trials: 50,
      workers: 3,
      evaluate: ({ a, b }) => [(a as number) + (b as number)],
    });
    expect(new Set(finished.map(({ params }) => JSON.stringify(params))).size).toBe(40);
    expect(finished).toHaveLength(40);
  });

  it('has one configuration to try where there is no parameter', () => {
    expect(cmaEsSampler().suggest(contextOf([]))?.params).toEqual({});
    expect(cmaEsSampler().suggest(contextOf([], { history: [complete(0, {}, 1)] }))).toBeNull();
  });

  it('leaves categories and branches to TPE, and searches the rest itself', () => {
    const mixed = space({
      x: float(0, 1),
      y: float(0, 1),
      z: float(0, 1),
      kind: choice({ plain: {}, deep: { width: float(0, 1) } }),
    }).parameters;
    const loss = ({ x, y, z, ...others }: ParamValues): number =>
      sphere([x, y, z].map((value) => (value as number) * 10 - 5)) +
      (others.kind === 'deep' ? ((others['kind.deep.width'] as number) - 0.5) ** 2 : 1);
    const { finished } = simulateStudy(cmaEsSampler(), { space: mixed, trials: 400, evaluate: (p) => [loss(p)] });
    const best = finished.reduce((least, trial) => (trial.values[0]! < least.values[0]! ? trial : least));
    expect(best.params.kind).toBe('deep');
    expect(best.values[0]).toBeLessThan(1e-2);
  });

  it('suggests what TPE does where nothing is its own', () => {
    const branches = space({ kind: choice({ plain: {}, deep: { width: float(0, 1) } }) }).parameters;
    const suggestion = cmaEsSampler().suggest(contextOf(branches, { history: randomTrials(branches, 30) }));
    expect(suggestion).not.toBeNull();
    expect(suggestion!.note).toBeUndefined();
  });

  it('starts where an earlier study was best', () => {
    const near = (number: number): Observation =>
      complete(number, { x0: number < 3 ? 4.5 : -4, x1: number < 3 ? -4.5 : 4 }, number);
    const prior = Array.from({ length: 30 }, (_, number) => near(number));
    const draws = Array.from({ length: 40 }, (_, draw) =>
      coordinates(cmaEsSampler().suggest(contextOf(cube(2), { prior, draw }))!.params),
    );
    // deviation 0.1 of the range, which is 1: the mean of 40 within 6 standard errors, less what the mirror takes
    const mean = [0, 1].map((i) => draws.reduce((sum, x) => sum + x[i]!, 0) / draws.length);
    expect(Math.abs(mean[0]! - 4.2)).toBeLessThan(0.8);
    expect(Math.abs(mean[1]! + 4.2)).toBeLessThan(0.8);
  });

  it('refuses several objectives, before the study is there and when asked', () => {
    const refusal = expect.objectContaining({
      code: 'ONE_OBJECTIVE_ONLY',
      message: expect.stringMatching(/has 2; take auto, gp, tpe or nsga-ii/),
    });
    const directions = ['minimize', 'maximize'] as const;
    expect(() => cmaEsSampler().check?.(cube(2), directions)).toThrow(refusal);
    expect(() => cmaEsSampler().suggest(contextOf(cube(2), { directions }))).toThrow(refusal);
  });

  it.each([
    { options: { population: 3 }, says: /population must be a whole number from 4 to 10000, or null, got 3/ },
    {
      options: { population: 1e9 },
      says: /population must be a whole number from 4 to 10000, or null, got 1000000000/,
    },
    { options: { sigma: 0 }, says: /sigma must be a number from 0.001 to 1, got 0/ },
  ])('refuses $options', ({ options, says }) => {
    expect(() => cmaEsSampler(options)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(says) }),
    );
  });
});
