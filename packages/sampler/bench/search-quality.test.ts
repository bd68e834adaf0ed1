import { createSampler, type Sampler } from '@assay/sampler';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from './problems/functions.js';
import { heldOutProblems } from './problems/held-out/held-out-problems.js';
import { type Challenge, challengeOf } from './simulation/challenge.js';
import { readRegrets, regretsOn } from './simulation/regrets.js';
import { samplerSearch } from './simulation/sampler-search.js';
import { type Comparison, compare } from './statistics/mann-whitney.js';
import { overallComparison } from './statistics/overall-comparison.js';

/** A small edition of `bench:search` and of the held-out comparison: fewer problems, trials and seeds, Optuna's own figures. */
const TRIALS = 100;
const OPTUNA = {
  ...readRegrets(new URL('./baselines/optuna-5.0-tpe.json', import.meta.url)),
  ...readRegrets(new URL('./baselines/optuna-5.0-tpe-held-out.json', import.meta.url)),
};

/** All functions but the one of 20 dimensions, and the first held-out problem of each family. */
const CHALLENGES: readonly Challenge[] = [
  ...FUNCTIONS.filter(({ name }) => name !== 'sphere20'),
  ...heldOutProblems(1).filter(({ name }) => name.endsWith('-1')),
].map(challengeOf);

interface Match {
  readonly name: string;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

async function matches(sampler: Sampler, seeds: number): Promise<readonly Match[]> {
  const plan = { seeds, budgets: [TRIALS], workers: 1 };
  const ours = await regretsOn(samplerSearch(sampler), CHALLENGES, plan);
  return CHALLENGES.map(({ name }) => ({ name, ours: ours[name]![TRIALS]!, theirs: OPTUNA[name]![TRIALS]! }));
}

function overall(results: readonly Match[]): Comparison {
  return overallComparison(results.map(({ ours, theirs }) => [ours, theirs]));
}

/** All problems together: the p-value that a search as good as Optuna's falls below once in twenty times. */
const BETTER_AT = 0.05;

/** Each problem by itself: an equal search is called worse on any of them once in a hundred times. */
const WORSE_AT = 0.01 / CHALLENGES.length;

describe("TPE beside Optuna 5.0's", { timeout: 120_000 }, () => {
  it('is better over all problems, and worse on none', async () => {
    const results = await matches(createSampler('tpe'), 6);
    expect(overall(results).better).toBeLessThan(BETTER_AT);
    const worse = results.filter(({ ours, theirs }) => compare(ours, theirs).worse < WORSE_AT);
    expect(worse.map(({ name }) => name)).toEqual([]);
  });

  it.each(['random', 'tpe:gamma=0.9'])('would be found out if it were %s', async (wrong) => {
    const { better, worse } = overall(await matches(createSampler(wrong), 3));
    expect(better).toBeGreaterThan(BETTER_AT);
    expect(worse).toBeLessThan(1e-6);
  });
});
