/**
 * Compares searches: the regret of a sampler on a suite of problems, alone, beside another sampler or beside a stored run.
 * Build first, then for example
 *   npx jiti packages/sampler/bench/search.ts --sampler tpe:candidates=64 --against tpe --suite held-out --seeds 10
 * Options: --sampler, --suite functions|tables|held-out[:seed]|all, --only name,..., --seeds n, --trials n (regret is
 * shown at half of them and at all), --workers n, --against sampler, --against-json file (a stored run, or one of
 * baselines/), --json file (stores the run).
 */
import { parseArgs } from 'node:util';
import { createSampler } from '@assay/sampler';
import { problemsOf } from './problems/suites.js';
import { type Regrets, readRegrets, regretsOf, type SearchPlan, writeRegrets } from './regrets.js';
import { comparisonRow, headline, soloRow, summaryLines } from './search-table.js';

const { values } = parseArgs({
  options: {
    sampler: { type: 'string', default: 'tpe' },
    suite: { type: 'string', default: 'functions' },
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '10' },
    trials: { type: 'string', default: '100' },
    workers: { type: 'string', default: '1' },
    against: { type: 'string' },
    'against-json': { type: 'string' },
    json: { type: 'string' },
  },
});

const trials = Number(values.trials);
const plan: SearchPlan = {
  seeds: Number(values.seeds),
  budgets: [Math.ceil(trials / 2), trials],
  workers: Number(values.workers),
};
const wanted = values.only.split(',').filter((name) => name !== '');
const problems = problemsOf(values.suite).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const stored = values['against-json'];
const theirStored = stored === undefined ? null : readRegrets(stored);
const ours: Record<string, Regrets[string]> = {};
const theirs: Record<string, Regrets[string]> = {};

console.log(headline(values.sampler, values.against ?? stored ?? null));
for (const problem of problems) {
  const mine = regretsOf(createSampler(values.sampler), problem, plan);
  const other =
    values.against === undefined
      ? theirStored?.[problem.name]
      : regretsOf(createSampler(values.against), problem, plan);
  ours[problem.name] = mine;
  if (other !== undefined) theirs[problem.name] = other;
  for (const budget of plan.budgets) {
    const row = other?.[budget] === undefined ? soloRow : comparisonRow;
    console.log(row(problem.name, budget, mine[budget]!, other?.[budget] ?? []));
  }
}
for (const line of summaryLines(ours, theirs, plan.budgets)) console.log(line);
if (values.json !== undefined) writeRegrets(values.json, `${values.sampler} on ${values.suite}`, ours);
