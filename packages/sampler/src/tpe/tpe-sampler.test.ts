import { categorical, choice, float, int, type ParamValues, type SearchSpace, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { complete, contextOf, randomTrials, running } from '../contexts.test.kit.js';
import { randomSampler } from '../random-sampler.js';
import type { Observation, Sampler, SamplerContext } from '../sampler.js';
import { sobolSampler } from '../sobol/sobol-sampler.js';
import { tpeSampler } from './tpe-sampler.js';

type Objective = (params: ParamValues) => number;

/** The best loss after so many trials, one after the other. */
function bestOf(
  sampler: Sampler,
  parameters: SearchSpace,
  objective: Objective,
  trials: number,
  studySeed: number,
): number {
  const history: Observation[] = [];
  for (let draw = 0; draw < trials; draw++) {
    const { params } = sampler.suggest(contextOf(parameters, { history, draw, studySeed }))!;
    history.push(complete(draw, params, objective(params)));
  }
  return Math.min(...history.map(({ values }) => values[0]!));
}

const median = (xs: readonly number[]): number => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)]!;

const sphere5 = {
  parameters: space(Object.fromEntries([0, 1, 2, 3, 4].map((i) => [`x${i}`, float(-5, 5)]))).parameters,
  objective: (params: ParamValues) =>
    Object.values(params).reduce<number>((sum, x) => sum + ((x as number) - 1.3) ** 2, 0),
};
const mixedSpace = space({
  lr: float(1e-6, 1, { log: true }),
  n: int(1, 1024, { log: true }),
  d: float(0, 0.9, { step: 0.1 }),
  m: choice({ a: {}, b: { z: float(0, 1) }, c: { k: categorical(['p', 'q']) } }),
});
const mixed = {
  parameters: mixedSpace.parameters,
  objective: (params: ParamValues) => {
    const { lr, n, d, m } = mixedSpace.decode(params);
    const branch = m.kind === 'b' ? (m.z - 0.4) ** 2 : m.kind === 'c' && m.k === 'q' ? 0.5 : 1;
    return 0.3 * (Math.log10(lr) + 3) ** 2 + 0.05 * (Math.log2(n) - 7) ** 2 + 2 * (d - 0.3) ** 2 + branch;
  },
};

describe('tpeSampler finds better points', () => {
  const SEEDS = [1, 2, 3, 4, 5, 6, 7];
  const medianBest = (make: () => Sampler, { parameters, objective }: typeof sphere5, trials = 80): number =>
    median(SEEDS.map((seed) => bestOf(make(), parameters, objective, trials, seed)));

  it.each([
    { name: 'sphere in 5 dimensions', target: sphere5 },
    { name: 'mixed and conditional', target: mixed },
  ])('than random search, by far: $name', ({ target }) => {
    const random = medianBest(randomSampler, target);
    expect(medianBest(tpeSampler, target)).toBeLessThan(random / 5);
    // A model that does not tell good from bad gains nothing like it: all trials good, or one candidate of a blunt density.
    expect(medianBest(() => tpeSampler({ candidates: 1, minWidth: 1 }), target)).toBeGreaterThan(random / 5);
  });

  it('when maximizing the negative, the same ones', () => {
    const { parameters, objective } = sphere5;
    const history = randomTrials(parameters, 40, objective);
    const negated = history.map((trial) => complete(trial.number, trial.params, -trial.values[0]!));
    const maximize: Partial<SamplerContext> = { history: negated, directions: ['maximize'] };
    expect(tpeSampler().suggest(contextOf(parameters, maximize))).toEqual(
      tpeSampler().suggest(contextOf(parameters, { history })),
    );
  });
});

describe('tpeSampler', () => {
  const { parameters } = space({ x: float(0, 1) });
  const valley = (params: ParamValues): number => Math.abs((params.x as number) - 0.5);
  const suggestions = (context: Partial<SamplerContext>, space_ = parameters): readonly ParamValues[] =>
    Array.from(
      { length: 60 },
      (_, i) => tpeSampler().suggest(contextOf(space_, { ...context, draw: 100 + i }))!.params,
    );

  it('starts with scrambled Sobol points, or random ones', () => {
    const start = (options: Parameters<typeof tpeSampler>[0], trials: number) =>
      tpeSampler(options).suggest(contextOf(parameters, { history: randomTrials(parameters, trials), draw: 3 }));
    expect(start({}, 9)).toEqual(sobolSampler().suggest(contextOf(parameters, { draw: 3 })));
    expect(start({}, 10)).not.toEqual(start({}, 9));
    expect(start({ start: 'random' }, 9)).not.toEqual(start({}, 9));
    expect(start({ startup: 12 }, 11)).toEqual(start({}, 9));
  });

  it('keeps away from running trials', () => {
    const history = randomTrials(parameters, 40, valley);
    const [left, right] = [0.47, 0.5].map((x) => ({ x }));
    const busy = Array.from({ length: 12 }, (_, i) => running(50 + i, i % 2 === 0 ? left! : right!));
    const near = (points: readonly ParamValues[]): number =>
      points.filter(({ x }) => (x as number) > 0.44 && (x as number) < 0.53).length;
    expect(near(suggestions({ history }))).toBeGreaterThan(30);
    expect(near(suggestions({ history, running: busy }))).toBeLessThan(15);
  });

  it('follows constraints before values', () => {
    const history = randomTrials(parameters, 60, valley).map((trial) => ({
      ...trial,
      constraints: [(trial.params.x as number) > 0.3 ? 1 : -1],
    }));
    const inside = suggestions({ history }).filter(({ x }) => (x as number) <= 0.3);
    expect(inside.length).toBeGreaterThan(50);
  });

  it('learns from pruned trials', () => {
    const history = randomTrials(parameters, 60, valley).map(
      (trial): Observation => ({
        ...trial,
        state: 'pruned',
        reports: [{ step: 3, value: trial.values[0]! }],
      }),
    );
    const near = suggestions({ history }).filter((params) => valley(params) < 0.1);
    expect(near.length).toBeGreaterThan(50);
  });

  it('uses what trials know after the space has changed', () => {
    const wider = space({ x: float(0, 1), y: float(0, 1), z: float(5, 6) }).parameters;
    const history = randomTrials(space({ x: float(0, 1), z: float(0, 1) }).parameters, 60, valley);
    const near = suggestions({ history }, wider).filter((params) => valley(params) < 0.1);
    expect(near.length).toBeGreaterThan(40);
  });

  it('improves on two objectives at once', () => {
    const history = randomTrials(parameters, 60).map((trial) => {
      const x = trial.params.x as number;
      return complete(trial.number, trial.params, (x - 0.2) ** 2, (x - 0.4) ** 2);
    });
    const between = suggestions({ history, directions: ['minimize', 'minimize'] }).filter(
      ({ x }) => (x as number) > 0.15 && (x as number) < 0.45,
    );
    expect(between.length).toBeGreaterThan(50);
  });

  it.each([
    { name: 'a flat space', parameters: space({ a: int(1, 5), b: categorical(['x', 'y', 'z']) }).parameters, size: 15 },
    {
      name: 'a conditional one',
      parameters: space({ a: choice({ p: {}, q: { n: int(1, 6) }, r: { f: float(0, 1, { step: 0.25 }) } }) })
        .parameters,
      size: 12,
    },
  ])('tries every point of $name once, running ones included, then ends', ({ parameters, size }) => {
    const seen: Observation[] = [];
    for (let draw = 0; draw < size; draw++) {
      const split = Math.max(0, seen.length - 2);
      const busy = seen.slice(split).map(({ number, params }) => running(number, params));
      const { params } = tpeSampler().suggest(
        contextOf(parameters, { history: seen.slice(0, split), running: busy, draw }),
      )!;
      seen.push(complete(draw, params, Object.values(params).length + Number(params.a === 2)));
    }
    expect(new Set(seen.map(({ params }) => JSON.stringify(params))).size).toBe(size);
    expect(tpeSampler().suggest(contextOf(parameters, { history: seen, draw: size }))).toBeNull();
  });
});
