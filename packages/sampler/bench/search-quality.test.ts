import { createSampler } from '@assay/sampler';
import { describe, expect, it } from 'vitest';
import { challengesOf } from './problems/suites.js';
import type { Challenge } from './simulation/challenge.js';
import { type Regrets, readRegrets, regretsOn } from './simulation/regrets.js';
import { samplerSearch } from './simulation/sampler-search.js';
import { compare } from './statistics/mann-whitney.js';
import { overallComparison } from './statistics/overall-comparison.js';

/**
 * A small edition of `bench:search`: fewer problems, trials and seeds, beside Optuna's own figures. All functions but the one
 * of 20 dimensions, and for TPE the first held-out problem of each family.
 */
const functions = challengesOf('functions').filter(({ name }) => name !== 'sphere20');
const heldOut = challengesOf('held-out').filter(({ name }) => name.endsWith('-1'));

const figures = (name: string): Regrets => readRegrets(new URL(`./baselines/${name}.json`, import.meta.url));

/** What a sampler is held to: Optuna's regrets on these challenges after so many trials. */
interface Bar {
  readonly challenges: readonly Challenge[];
  readonly trials: number;
  readonly optuna: Regrets;
}

const TPE_BAR: Bar = {
  challenges: [...functions, ...heldOut],
  trials: 100,
  optuna: { ...figures('optuna-5.0-tpe'), ...figures('optuna-5.0-tpe-held-out') },
};

const FRONT_BAR: Bar = {
  challenges: challengesOf('fronts'),
  trials: 200,
  optuna: figures('optuna-5.0-nsga-ii-fronts'),
};

const GP_BAR: Bar = { challenges: functions, trials: 50, optuna: figures('optuna-5.0-gp') };

/** All problems together: the p-value that a search as good as Optuna's falls below once in twenty times. */
const BETTER_AT = 0.05;

/** Each problem by itself: an equal search is called worse on any of them once in a hundred times. */
const WORSE_AT = 0.01;

async function measure(sampler: string, seeds: number, { challenges, trials, optuna }: Bar) {
  const plan = { seeds, budgets: [trials], workers: 1 };
  const ours = await regretsOn(samplerSearch(createSampler(sampler)), challenges, plan);
  const pairs = challenges.map(({ name }) => [ours[name]![trials]!, optuna[name]![trials]!] as const);
  const worse = challenges.filter((_, i) => compare(...pairs[i]!).worse < WORSE_AT / challenges.length);
  return { overall: overallComparison(pairs), worseOn: worse.map(({ name }) => name) };
}

describe('the search beside that of Optuna 5.0', { timeout: 120_000 }, () => {
  it.each([
    ['tpe', 6, TPE_BAR],
    ['gp', 4, GP_BAR],
    ['nsga-ii', 4, FRONT_BAR],
  ])('%s is better over all problems, and worse on none', async (sampler, seeds, bar) => {
    const { overall, worseOn } = await measure(sampler, seeds, bar);
    expect(overall.better).toBeLessThan(BETTER_AT);
    expect(worseOn).toEqual([]);
  });

  it.each([
    ['random', TPE_BAR],
    ['tpe:gamma=0.9', { ...TPE_BAR, challenges: functions }],
    ['random', GP_BAR],
    ['random', FRONT_BAR],
  ])('%s in its place would be found out', async (wrong, bar) => {
    const { overall } = await measure(wrong, 4, bar);
    expect(overall.better).toBeGreaterThan(0.5);
  });
});
