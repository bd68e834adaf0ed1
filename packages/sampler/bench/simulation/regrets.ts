import { readFileSync, writeFileSync } from 'node:fs';
import type { Observation } from '@assay/sampler';
import type { Challenge } from './challenge.js';
import type { StartSearch } from './searcher.js';
import { simulate } from './simulate.js';

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

export async function regretsOf(start: StartSearch, challenge: Challenge, plan: SearchPlan): Promise<RegretsByBudget> {
  const { seeds, budgets, workers } = plan;
  const run = { trials: Math.max(...budgets), workers };
  const searches: (readonly Observation[])[] = [];
  for (let seed = 0; seed < seeds; seed++) searches.push(await simulate(start, challenge.task, { ...run, seed }));
  const after = (budget: number): readonly number[] =>
    searches.map((finished) => challenge.regret(finished.slice(0, budget)));
  return Object.fromEntries(budgets.map((budget) => [budget, after(budget)]));
}

/** One challenge after the other. */
export async function regretsOn(
  start: StartSearch,
  challenges: readonly Challenge[],
  plan: SearchPlan,
): Promise<Regrets> {
  const regrets: Record<string, RegretsByBudget> = {};
  for (const challenge of challenges) regrets[challenge.name] = await regretsOf(start, challenge, plan);
  return regrets;
}

/** @param file written by `writeRegrets`, or a figure file of `baselines/` */
export function readRegrets(file: string | URL): Regrets {
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly regrets: Regrets }).regrets;
}

/** @param about what was measured, for whoever opens the file */
export function writeRegrets(file: string | URL, about: string, regrets: Regrets): void {
  writeFileSync(file, JSON.stringify({ about, regrets }));
}
