/**
 * Is our search better than Optuna's? Regret on the nine functions and, where `ASSAY_BENCH_TABLES` names their folder,
 * the six tables, beside the committed figures of Optuna 5.0's TPE, of the paper's setup, and of Optuna's GPSampler.
 * Build first, then: npx jiti packages/sampler/bench/against-optuna.ts
 * Options: --tpe sampler (default tpe), --auto sampler (default auto; it meets the GPSampler), --seeds n (20),
 * --auto-seeds n (10, as many as Optuna's figures have), --only tpe|auto.
 */
import { parseArgs } from 'node:util';
import { challengesOf } from './problems/suites.js';
import { comparisonRow, headline } from './report/search-table.js';
import { type Demand, type Match, verdict } from './report/verdict.js';
import { openSearch } from './simulation/open-search.js';
import { type Regrets, readRegrets, regretsOn } from './simulation/regrets.js';

const { values } = parseArgs({
  options: {
    tpe: { type: 'string', default: 'tpe' },
    auto: { type: 'string', default: 'auto' },
    seeds: { type: 'string', default: '20' },
    'auto-seeds': { type: 'string', default: '10' },
    only: { type: 'string' },
  },
});

const tpe = values.only === 'auto' ? null : openSearch(values.tpe);
const auto = values.only === 'tpe' ? null : openSearch(values.auto);

const figures = (name: string): Regrets => readRegrets(new URL(`./baselines/${name}.json`, import.meta.url));
const optunaTpe = figures('optuna-5.0-tpe');
const optunaGp = figures('optuna-5.0-gp');
const paperSetup = figures('paper-setup');
const functions = challengesOf('functions');
const tables = challengesOf('tables');
const verdicts: string[] = [];

/** Prints one table, problem by problem, and keeps the verdict on it for the end. */
function judge(sampler: string, ours: Regrets, rival: string, theirs: Regrets, budget: number, demand: Demand): void {
  const matches = matchesOf(ours, theirs, budget);
  console.log(`\n${headline(sampler, rival)}`);
  for (const match of matches) console.log(comparisonRow(match.name, budget, match.ours, match.theirs));
  verdicts.push(verdict(`${sampler} against ${rival} after ${budget} trials`, matches, demand));
}

function matchesOf(ours: Regrets, theirs: Regrets, budget: number): readonly Match[] {
  return Object.entries(ours).flatMap(([name, byBudget]) => {
    const [mine, other] = [byBudget[budget], theirs[name]?.[budget]];
    return mine === undefined || other === undefined ? [] : [{ name, ours: mine, theirs: other }];
  });
}

if (tpe !== null) {
  const seeds = Number(values.seeds);
  const onFunctions = await regretsOn(tpe.start, functions, { seeds, budgets: [100, 200], workers: 1 });
  judge(values.tpe, onFunctions, "Optuna 5.0's TPE", optunaTpe, 100, { kind: 'better on', atLeast: 4 });
  judge(values.tpe, onFunctions, "Optuna 5.0's TPE", optunaTpe, 200, { kind: 'better on', atLeast: 7 });
  judge(values.tpe, onFunctions, "the paper's setup", paperSetup, 100, { kind: 'not worse' });
  judge(values.tpe, onFunctions, "the paper's setup", paperSetup, 200, { kind: 'not worse' });
  if (tables.length > 0) {
    const onTables = await regretsOn(tpe.start, tables, { seeds, budgets: [100], workers: 1 });
    judge(values.tpe, onTables, "Optuna 5.0's TPE", optunaTpe, 100, { kind: 'better or solved on', atLeast: 4 });
  }
}
if (auto !== null) {
  const plan = { seeds: Number(values['auto-seeds']), budgets: [50, 100], workers: 1 };
  const ours = await regretsOn(auto.start, [...functions, ...tables], plan);
  for (const budget of plan.budgets) {
    judge(values.auto, ours, "Optuna 5.0's GPSampler", optunaGp, budget, { kind: 'more better than worse' });
  }
}
console.log(`\n${verdicts.join('\n')}`);
