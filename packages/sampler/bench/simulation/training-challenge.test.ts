import { type Observation, randomSampler } from '@assay/sampler';
import { describe, expect, it } from 'vitest';
import { trainings } from '../problems/held-out/held-out-problems.js';
import type { Challenge } from './challenge.js';
import { samplerSearch } from './sampler-search.js';
import { simulate } from './simulate.js';

const search = (challenge: Challenge): Promise<readonly Observation[]> =>
  simulate(samplerSearch(randomSampler()), challenge.task, { trials: 60, seed: 0, workers: 2 });

const lastOf = ({ reports }: Observation): number => reports.at(-1)!.value;
const bestOf = ({ reports }: Observation): number => Math.min(...reports.map(({ value }) => value));

describe('a study of trainings', async () => {
  const studies = await Promise.all(trainings(1).map(search));
  const trials = studies.flat();

  it('is worth the best report of a complete training', () => {
    for (const trial of trials.filter(({ state }) => state === 'complete'))
      expect(trial.values).toEqual([bestOf(trial)]);
  });

  it('stops trainings early, worth their last report, or infinity where they diverged', () => {
    const stopped = trials.filter(({ state }) => state === 'pruned');
    for (const trial of stopped) expect([lastOf(trial), Infinity]).toContain(trial.values[0]);
    expect(new Set(stopped.map(({ values }) => values[0] === Infinity)).size).toBe(2);
    expect(stopped.length).toBeGreaterThan(trials.length / 5);
    for (const study of studies) expect(study.slice(0, 5).some(isStoppedByOthers)).toBe(false);
  });

  it.each(trainings(1))('$name: regret is that of the best complete training, and never below 0', async (challenge) => {
    const finished = await search(challenge);
    const pruned = finished.filter(({ state }) => state === 'pruned');
    expect(challenge.regret(pruned)).toBe(Infinity);
    expect(challenge.regret(finished)).toBe(challenge.regret(finished.filter(({ state }) => state === 'complete')));
    for (const trial of finished) expect(challenge.regret([{ ...trial, state: 'complete' }])).toBeGreaterThan(0);
  });
});

function isStoppedByOthers({ state, values }: Observation): boolean {
  return state === 'pruned' && values[0] !== Infinity;
}
