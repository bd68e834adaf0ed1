import { categorical, float, type ParamValues, type SearchSpace, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { complete, contextOf } from '../contexts.test.kit.js';
import { randomSampler } from '../random-sampler.js';
import { createRng } from '../rng.js';
import type { Observation, Sampler } from '../sampler.js';
import { gpSampler } from './gp-sampler.js';

const SEEDS = [1, 2, 3, 4, 5, 6];

interface Problem {
  readonly space: SearchSpace;
  /** The optimum is 0. */
  regret(params: ParamValues): number;
  /** Half the width of the uniform noise. */
  readonly noise: number;
}

const square = { x: float(0, 1), y: float(0, 1) };

/** Nine basins, of which the one at (0.2, 0.7) is the deepest. */
const basins: Problem = {
  space: space(square).parameters,
  noise: 0,
  regret: ({ x, y }) => {
    const [u, v] = [(x as number) - 0.2, (y as number) - 0.7];
    return u ** 2 + v ** 2 + 0.3 * (2 - Math.cos(6 * Math.PI * u) - Math.cos(6 * Math.PI * v));
  },
};

/** Every kind has its own bottom of the same bowl. */
const BOTTOMS: Readonly<Record<string, number>> = { a: 0.05, b: 0, c: 0.2, d: 0.3, e: 0.1 };
const kinds: Problem = {
  space: space({ ...square, kind: categorical(Object.keys(BOTTOMS)) }).parameters,
  noise: 0,
  regret: ({ x, y, kind }) =>
    3 * ((x as number) - 0.7) ** 2 + 5 * ((y as number) - 0.4) ** 2 + BOTTOMS[kind as string]!,
};

/** One kind searched to its end: each kind tried twice far off, then ever closer to the bottom of the second-best. */
const polished = [
  ...[...'abcdeabcde'].map((kind, k) => ({ x: (0.1 + 0.38 * k) % 1, y: (0.9 + 0.29 * k) % 1, kind })),
  ...Array.from({ length: 20 }, (_, k) => {
    const step = 0.3 * 2 ** (-k / 2);
    return { x: 0.7 + step * Math.cos(2 * k), y: 0.4 + step * Math.sin(2 * k), kind: 'a' };
  }),
].map((params, number) => observed(kinds, number, params, 0));

/** A noisy bowl in which one category of three is right; the others cost three times the noise. */
const noisyBowl: Problem = {
  space: space({ x: float(0, 1), y: float(0, 1), kind: categorical(['a', 'b', 'c']) }).parameters,
  noise: 0.1,
  regret: ({ x, y, kind }) => ((x as number) - 0.7) ** 2 + 2 * ((y as number) - 0.4) ** 2 + (kind === 'b' ? 0 : 0.3),
};

function observed({ regret, noise }: Problem, number: number, params: ParamValues, seed: number): Observation {
  const error = 2 * createRng(seed).fork(-1).fork(number).next() - 1;
  return complete(number, params, regret(params) + noise * error);
}

/** The regret of each trial of a study that goes on from those that are there. */
function continued(
  sampler: Sampler,
  problem: Problem,
  begun: readonly Observation[],
  trials: number,
  seed: number,
): readonly number[] {
  const history = [...begun];
  while (history.length < begun.length + trials) {
    const draw = history.length;
    const { params, note = null } = sampler.suggest(contextOf(problem.space, { history, draw, studySeed: seed }))!;
    history.push({ ...observed(problem, draw, params, seed), note });
  }
  return history.slice(begun.length).map(({ params }) => problem.regret(params));
}

describe('the Gaussian process', () => {
  it('finds the deepest of many basins more often than not, random search with ten times the trials never', () => {
    const found = (sampler: Sampler, trials: number): number =>
      SEEDS.filter((seed) => Math.min(...continued(sampler, basins, [], trials, seed)) < 1e-3).length;
    expect(found(gpSampler(), 40)).toBeGreaterThanOrEqual(4);
    expect(found(randomSampler(), 400)).toBe(0);
  });

  it.each(SEEDS)('leaves a category that is searched to its end for a better one (seed %i)', (seed) => {
    const least = (sampler: Sampler, trials: number): number =>
      Math.min(...continued(sampler, kinds, polished, trials, seed));
    expect(least(gpSampler(), 30)).toBeLessThan(1e-4);
    expect(least(randomSampler(), 300)).toBeGreaterThan(1e-4);
  });

  it.each(SEEDS)('searches where the truth is good, whatever the noise says (seed %i)', (seed) => {
    const late = (sampler: Sampler): number =>
      continued(sampler, noisyBowl, [], 40, seed)
        .slice(-10)
        .reduce((sum, regret) => sum + regret / 10, 0);
    expect(late(gpSampler())).toBeLessThan(0.06);
    expect(late(randomSampler())).toBeGreaterThan(0.3);
  });
});
