import { randomSampler } from '@assay/sampler';
import type { ParamValues } from '@assay/space';
import { expect, it } from 'vitest';
import { samplerSearch } from '../simulation/sampler-search.js';
import { simulate } from '../simulation/simulate.js';
import { TRADEOFFS, tradeoffChallenge } from './tradeoffs.js';

const steps = (count: number): readonly number[] => Array.from({ length: count + 1 }, (_, i) => i / count);

/** Points of the true fronts, from the papers. */
const TRUE_FRONTS: Readonly<Record<string, readonly ParamValues[]>> = {
  zdt1: steps(2000).map((x0) => ({ x0, x1: 0, x2: 0, x3: 0, x4: 0, x5: 0, x6: 0, x7: 0 })),
  zdt2: steps(2000).map((x0) => ({ x0, x1: 0, x2: 0, x3: 0, x4: 0, x5: 0, x6: 0, x7: 0 })),
  dtlz2: steps(80).flatMap((x0) => steps(80).map((x1) => ({ x0, x1, x2: 0.5, x3: 0.5, x4: 0.5, x5: 0.5, x6: 0.5 }))),
};

it.each(TRADEOFFS)('$name leaves a random search something to find, and never nothing', async (tradeoff) => {
  const { regret, task } = tradeoffChallenge(tradeoff);
  const finished = await simulate(samplerSearch(randomSampler()), task, { trials: 200, seed: 1, workers: 1 });
  expect(regret([])).toBe(1);
  expect(regret(finished)).toBeLessThan(regret(finished.slice(0, 20)));
  expect(regret(finished)).toBeGreaterThan(0.01);
});

it.each(Object.entries(TRUE_FRONTS))('%s has the volume that its true front dominates', (name, front) => {
  const tradeoff = TRADEOFFS.find((candidate) => candidate.name === name)!;
  const rest = { state: 'complete', constraints: [], reports: [], note: null } as const;
  const trials = front.map((params, number) => ({ ...rest, number, params, values: tradeoff.losses(params) }));
  const { regret } = tradeoffChallenge(tradeoff);
  expect(regret(trials)).toBeGreaterThan(0);
  expect(regret(trials)).toBeLessThan(0.02);
});
