/**
 * Several objectives: the share of the true front's volume that a search still lacks after 100 and 200 trials, for each
 * of our samplers that handle them, beside Optuna 5.0's TPE and NSGA-II. Optuna's figures are stored; --measure-optuna
 * takes them again, which needs ASSAY_PYTHON and some minutes.
 * Build first, then: npx jiti packages/sampler/bench/fronts.ts [--samplers auto,tpe,nsga-ii,random] [--seeds 10]
 */
import { parseArgs } from 'node:util';
import { challengesOf } from './problems/suites.js';
import { comparisonRow, headline, summaryLines } from './report/search-table.js';
import { openSearch } from './simulation/open-search.js';
import { type Regrets, readRegrets, regretsOn, writeRegrets } from './simulation/regrets.js';

const { values } = parseArgs({
  options: {
    samplers: { type: 'string', default: 'auto,tpe,nsga-ii,random' },
    seeds: { type: 'string', default: '10' },
    'measure-optuna': { type: 'boolean', default: false },
  },
});

const BUDGETS = [100, 200];
const RIVALS = ['tpe', 'nsga-ii'];
const challenges = challengesOf('fronts');

async function measure(sampler: string): Promise<Regrets> {
  const { start, close } = openSearch(sampler);
  const regrets = await regretsOn(start, challenges, { seeds: Number(values.seeds), budgets: BUDGETS, workers: 1 });
  close();
  return regrets;
}

function figuresOf(rival: string): URL {
  return new URL(`./baselines/optuna-5.0-${rival}-fronts.json`, import.meta.url);
}

async function measureRival(rival: string): Promise<void> {
  const about = `Optuna 5.0.0, sampler ${rival} with its defaults, on problems of several objectives (fronts.ts): the share of the true front's volume that is missing after so many trials in sequence, one number per seed from 0.`;
  writeRegrets(figuresOf(rival), about, await measure(`optuna:${rival}`));
}

if (values['measure-optuna']) for (const rival of RIVALS) await measureRival(rival);
for (const sampler of values.samplers.split(',')) {
  const ours = await measure(sampler);
  for (const rival of RIVALS) {
    const theirs = readRegrets(figuresOf(rival));
    console.log(`\n${headline(sampler, `Optuna 5.0's ${rival}`)}`);
    for (const { name } of challenges) {
      for (const budget of BUDGETS)
        console.log(comparisonRow(name, budget, ours[name]![budget]!, theirs[name]![budget]!));
    }
    for (const line of summaryLines(ours, theirs, BUDGETS)) console.log(line);
  }
}
