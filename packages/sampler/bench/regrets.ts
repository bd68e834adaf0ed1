import { readFileSync, writeFileSync } from 'node:fs';
import type { Sampler } from '@assay/sampler';
import type { Problem } from './problem.js';
import { simulate } from './simulate.js';

export interface SearchPlan {
  /** Seeds 0 to this, exclusive. */
  readonly seeds: number;
  /** Numbers of finished trials at which the regret is taken. */
  readonly budgets: readonly number[];
  readonly workers: number;
}

/** By number of finished trials, one regret per seed. */
export type RegretsByBudget = Readonly<Record<number, readonly number[]>>;

/** By problem's name. */
export type Regrets = Readonly<Record<string, RegretsByBudget>>;

export function regretsOf(
  sampler: Sampler,
  problem: Problem,
  { seeds, budgets, workers }: SearchPlan,
): RegretsByBudget {
  const trials = Math.max(...budgets);
  const curves = Array.from({ length: seeds }, (_, seed) => simulate(sampler, problem, { trials, seed, workers }));
  return Object.fromEntries(budgets.map((budget) => [budget, curves.map((curve) => curve[budget - 1]!)]));
}

/** @param file written by `writeRegrets`, or a figure file of `baselines/` */
export function readRegrets(file: string | URL): Regrets {
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly regrets: Regrets }).regrets;
}

/** @param about what was measured, for whoever opens the file */
export function writeRegrets(file: string, about: string, regrets: Regrets): void {
  writeFileSync(file, JSON.stringify({ about, regrets }));
}
