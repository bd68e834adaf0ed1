import { createRng, randomSampler } from '@assay/sampler';
import { fromModel, isActive, modelRange, type ParamValues, validateValues } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { isFeasible, type Problem } from '../problem.js';
import { heldOutProblems, roughTables } from './held-out-problems.js';

/** Configurations at random places. */
function randomParams({ parameters }: Problem, count: number): readonly ParamValues[] {
  const sampler = randomSampler();
  const context = { space: parameters, directions: ['minimize'], history: [], running: [], prior: [] } as const;
  return Array.from({ length: count }, (_, draw) => {
    const rng = createRng(5).fork(draw);
    const position = { reportedObjective: 0, repeats: 1, budget: null, number: draw, draw, studySeed: 5, rng };
    return sampler.suggest({ ...context, ...position })!.params;
  });
}

/** Names of the parameters that others hang from, and of the unordered ones. */
function switchesOf({ parameters }: Problem): ReadonlySet<string> {
  const categories = parameters.filter(({ distribution }) => distribution.kind === 'categorical');
  return new Set([...parameters.flatMap(({ condition }) => condition?.parent ?? []), ...categories.map((p) => p.name)]);
}

/** The best of some configurations for each setting of the switches. */
function bestStarts(problem: Problem, candidates: readonly ParamValues[]): readonly ParamValues[] {
  const switches = [...switchesOf(problem)];
  const best = new Map<string, ParamValues>();
  for (const params of candidates.toSorted((a, b) => problem.loss(b) - problem.loss(a))) {
    best.set(JSON.stringify(switches.map((name) => params[name])), params);
  }
  return [...best.values()];
}

/** Sweeps over the parameters trying 41 values of each, but leaves the switches alone. */
function descend(problem: Problem, start: ParamValues): number {
  const { parameters, loss } = problem;
  const switches = switchesOf(problem);
  const free = parameters.filter((parameter) => !switches.has(parameter.name) && isActive(parameter, start));
  let best = { params: start, value: loss(start) };
  for (let sweep = 0; sweep < 4; sweep++) {
    for (const { name, distribution } of free) {
      const { low, high } = modelRange(distribution);
      for (let i = 0; i <= 40; i++) {
        const params = { ...best.params, [name]: fromModel(distribution, low + ((high - low) * i) / 40) };
        const value = loss(params);
        if (value < best.value) best = { params, value };
      }
    }
  }
  return best.value;
}

describe('the held-out suite', () => {
  it('is the same for the same seed, and another for another', () => {
    const values = (seed: number): readonly number[] =>
      heldOutProblems(seed).map((problem) => problem.loss(randomParams(problem, 1)[0]!));
    const [first, again, other] = [values(1), values(1), values(2)];
    expect(again).toEqual(first);
    expect(other.filter((value, i) => value === first[i])).toEqual([]);
  });

  it.each([1, 2])('has no configuration below the optimum (seed %i)', (seed) => {
    for (const problem of [...heldOutProblems(seed), ...roughTables(seed)]) {
      const rounding = Math.abs(problem.optimum) * 1e-9;
      for (const params of randomParams(problem, 100)) {
        validateValues(problem.parameters, params);
        if (!isFeasible(problem.constraints?.(params) ?? [])) continue;
        expect(problem.loss(params), problem.name).toBeGreaterThanOrEqual(problem.optimum - rounding);
      }
    }
  });

  it('has optima that a local search which knows nothing of their making reaches', () => {
    for (const problem of heldOutProblems(1).filter(({ name }) => /mixed|conditional|bumps/.test(name))) {
      const candidates = randomParams(problem, 300);
      const losses = candidates.map((params) => problem.loss(params)).sort((a, b) => a - b);
      const found = Math.min(...bestStarts(problem, candidates).map((start) => descend(problem, start)));
      const share = (found - problem.optimum) / (losses[150]! - problem.optimum);
      expect(share, `${problem.name}: share of the median random regret`).toBeLessThan(0.02);
    }
  });
});
