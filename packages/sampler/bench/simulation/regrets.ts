import { readFileSync, writeFileSync } from 'node:fs';
import type { Observation } from '@assay/sampler';
import { isFeasible, type Problem, regretAt } from '../problems/problem.js';
import { gaussian } from '../random-values.js';
import type { StartSearch } from './searcher.js';
import { simulate, type Task } from './simulate.js';

export interface SearchPlan {
  /** Seeds 0 to this, exclusive. */
  readonly seeds: number;
  /** Numbers of finished trials at which the regret is taken. */
  readonly budgets: readonly number[];
  /** Trials in flight. */
  readonly workers: number;
}

/** By number of finished trials, one regret per seed. */
export type RegretsByBudget = Readonly<Record<number, readonly number[]>>;

/** By problem's name. */
export type Regrets = Readonly<Record<string, RegretsByBudget>>;

export async function regretsOf(start: StartSearch, problem: Problem, plan: SearchPlan): Promise<RegretsByBudget> {
  const { seeds, budgets, workers } = plan;
  const trials = Math.max(...budgets);
  const curves: (readonly number[])[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    curves.push(regretCurve(problem, await simulate(start, taskOf(problem), { trials, seed, workers })));
  }
  return Object.fromEntries(budgets.map((budget) => [budget, curves.map((curve) => regretAfter(curve, budget))]));
}

/** A search that has run out of configurations keeps its last regret. */
function regretAfter(curve: readonly number[], trials: number): number {
  return curve[Math.min(trials, curve.length) - 1] ?? Infinity;
}

function taskOf(problem: Problem): Task {
  const { noise = 0 } = problem;
  return {
    space: problem.parameters,
    objectives: 1,
    evaluate: (params, rng) => ({
      values: [problem.loss(params) + (noise === 0 ? 0 : noise * gaussian(rng))],
      constraints: problem.constraints?.(params) ?? [],
    }),
  };
}

/**
 * After each trial, the regret of the incumbent: the loss without noise of the feasible trial with the least observed
 * loss. Infinity while none is feasible.
 */
function regretCurve(problem: Problem, finished: readonly Observation[]): readonly number[] {
  let incumbent = { observed: Infinity, regret: Infinity };
  return finished.map(({ params, values, constraints }) => {
    const observed = values[0]!;
    if (isFeasible(constraints) && observed < incumbent.observed) {
      incumbent = { observed, regret: regretAt(problem, problem.loss(params)) };
    }
    return incumbent.regret;
  });
}

/** @param file written by `writeRegrets`, or a figure file of `baselines/` */
export function readRegrets(file: string | URL): Regrets {
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly regrets: Regrets }).regrets;
}

/** @param about what was measured, for whoever opens the file */
export function writeRegrets(file: string, about: string, regrets: Regrets): void {
  writeFileSync(file, JSON.stringify({ about, regrets }));
}
