import type { Observation } from '@assay/sampler';
import { isFeasible, type Problem, regretAt } from '../problems/problem.js';
import { gaussian } from '../random-values.js';
import type { Task } from './simulate.js';

/** Something to search, and what a search of it is worth. */
export interface Challenge {
  readonly name: string;
  readonly task: Task;
  /**
   * How much the finished trials, in the order in which they ended, fall short of the optimum: 0 is perfect.
   * Infinity while there is nothing to show.
   */
  regret(finished: readonly Observation[]): number;
}

/** Who knows that losses are noisy repeats them; the noise of a problem is what is left in their mean. */
const REPEATS = 2;

/**
 * The regret is that of the incumbent: the loss without noise of the feasible trial with the least observed loss,
 * minus the optimum.
 */
export function challengeOf(problem: Problem): Challenge {
  const { name, parameters, noise = 0 } = problem;
  return {
    name,
    task: {
      space: parameters,
      objectives: 1,
      repeats: noise === 0 ? 1 : REPEATS,
      evaluate: (params, rng) => ({
        values: [problem.loss(params) + (noise === 0 ? 0 : noise * gaussian(rng))],
        constraints: problem.constraints?.(params) ?? [],
      }),
    },
    regret: (finished) => {
      const incumbent = incumbentOf(finished);
      return incumbent === null ? Infinity : regretAt(problem, problem.loss(incumbent.params));
    },
  };
}

/** The first feasible trial that none undercuts. */
function incumbentOf(finished: readonly Observation[]): Observation | null {
  return finished.reduce<Observation | null>((best, trial) => {
    const better = isFeasible(trial.constraints) && trial.values[0]! < (best?.values[0] ?? Infinity);
    return better ? trial : best;
  }, null);
}
