/**
 * What should go on once a Gaussian process has learnt what it can? Each search starts with the same trials of `gp`, then
 * others take over; prints the regret of each after further trials, and its share of wins over the first one named.
 * Build first, then for example
 *   npx jiti packages/sampler/bench/stages.ts --next tpe,cma-es,cma-es*3+tpe --suite held-out:31 --only bowl,ridge --seeds 2
 * Options: --first n (200, the trials of `gp`), --next names (+ lets them take turns, *n gives one n turns), --further
 * n,... (100,400 trials more), --suite and --only as for search.ts, --seeds n.
 */
import { parseArgs } from 'node:util';
import { createSampler, type Observation, type Sampler } from '@assay/sampler';
import { challengesOf } from './problems/suites.js';
import { pText, quantile } from './report/figure-text.js';
import type { Challenge } from './simulation/challenge.js';
import { samplerSearch } from './simulation/sampler-search.js';
import type { StartSearch } from './simulation/searcher.js';
import { simulate } from './simulation/simulate.js';
import { overallComparison } from './statistics/overall-comparison.js';

const { values } = parseArgs({
  options: {
    first: { type: 'string', default: '200' },
    next: { type: 'string', default: 'tpe,cma-es' },
    further: { type: 'string', default: '100,400' },
    suite: { type: 'string', default: 'held-out:31' },
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '2' },
  },
});

const first = Number(values.first);
const further = values.further.split(',').map(Number);
const successors = values.next.split(',');
const only = values.only.split(',').filter((name) => name !== '');
const challenges = challengesOf(values.suite).filter(
  ({ name }) => only.length === 0 || only.some((start) => name.startsWith(start)),
);

/** Samplers that take turns, by the trial's draw. */
function inTurns(text: string): Sampler {
  const turns = text.split('+').flatMap((part) => {
    const [name, count = '1'] = part.split('*');
    return Array.from({ length: Number(count) }, () => createSampler(name!));
  });
  return { name: text, settings: {}, suggest: (context) => turns[context.draw % turns.length]!.suggest(context) };
}

/** A search whose first trials are given, and are told to it one by one as if it had made them. */
function startedBy(given: readonly Observation[], sampler: Sampler): StartSearch {
  const own: Sampler = {
    ...sampler,
    suggest: (context) => (context.number < given.length ? given[context.number]! : sampler.suggest(context)),
  };
  return samplerSearch(own);
}

async function regretsOf(challenge: Challenge, seed: number): Promise<readonly (readonly number[])[]> {
  const run = { seed, workers: 1 };
  const start = await simulate(samplerSearch(createSampler('gp')), challenge.task, { ...run, trials: first });
  const regrets: number[][] = [];
  for (const successor of successors) {
    const search = startedBy(start, inTurns(successor));
    const trials = await simulate(search, challenge.task, { ...run, trials: first + Math.max(...further) });
    regrets.push(further.map((more) => challenge.regret(trials.slice(0, first + more))));
  }
  return regrets;
}

const bySuccessor = successors.map(() => further.map((): number[][] => []));
for (const challenge of challenges) {
  const runs: (readonly (readonly number[])[])[] = [];
  for (let seed = 0; seed < Number(values.seeds); seed++) runs.push(await regretsOf(challenge, seed));
  for (const [i, successor] of successors.entries()) {
    for (const [j, more] of further.entries()) {
      const regrets = runs.map((run) => run[i]![j]!);
      bySuccessor[i]![j]!.push(regrets);
      console.log(`${challenge.name}, gp ${first}, ${successor} ${more}: ${quantile(regrets, 0.5).toPrecision(3)}`);
    }
  }
}
for (const [j, more] of further.entries()) {
  for (const [i, successor] of successors.entries()) {
    if (i === 0) continue;
    const pairs = challenges.map((_, k) => [bySuccessor[i]![j]![k]!, bySuccessor[0]![j]![k]!] as const);
    const { winShare, better, worse } = overallComparison(pairs);
    const share = `${winShare.toFixed(2)} (p better ${pText(better)}, worse ${pText(worse)})`;
    console.log(`after ${more} more, ${successor} over ${successors[0]}: ${share}`);
  }
}
