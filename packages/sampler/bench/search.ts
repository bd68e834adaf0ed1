/**
 * Compares searches: the regret of one on a suite of problems, alone, beside another one or beside a stored run.
 * Build first, then for example
 *   npx jiti packages/sampler/bench/search.ts --sampler tpe:candidates=64 --against tpe --suite held-out --seeds 10
 * Options: --sampler, --suite functions|tables|fronts|all or held-out|noisy|rough-tables|trainings[:seed], --only name,...,
 * --seeds n, --trials n (regret is shown at half of them and at all), --workers n, --against sampler, --against-json file
 * (a stored run, or one of baselines/), --json file (stores the run). With ASSAY_PYTHON a sampler may be Optuna's: optuna:tpe, optuna:gp.
 */
import { parseArgs } from 'node:util';
import { challengesOf } from './problems/suites.js';
import { comparisonRow, headline, soloRow, summaryLines } from './report/search-table.js';
import { openSearch } from './simulation/open-search.js';
import { type RegretsByBudget, readRegrets, regretsOf, type SearchPlan, writeRegrets } from './simulation/regrets.js';

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
const challenges = challengesOf(values.suite).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const file = values['against-json'];
const stored = file === undefined ? {} : readRegrets(file);
const search = openSearch(values.sampler);
const rival = values.against === undefined ? null : openSearch(values.against);
const ours: Record<string, RegretsByBudget> = {};
const theirs: Record<string, RegretsByBudget> = {};

console.log(headline(values.sampler, values.against ?? file ?? null));
for (const challenge of challenges) {
  const mine = await regretsOf(search.start, challenge, plan);
  const other = rival === null ? stored[challenge.name] : await regretsOf(rival.start, challenge, plan);
  ours[challenge.name] = mine;
  if (other !== undefined) theirs[challenge.name] = other;
  for (const budget of plan.budgets) {
    const their = other?.[budget];
    const row = their === undefined ? soloRow : comparisonRow;
    console.log(row(challenge.name, budget, mine[budget]!, their ?? []));
  }
}
for (const line of summaryLines(ours, theirs, plan.budgets)) console.log(line);
if (values.json !== undefined) writeRegrets(values.json, `${values.sampler} on ${values.suite}`, ours);
search.close();
rival?.close();
