/**
 * Is our search better than Optuna's? Regret on the nine functions and, where `ASSAY_BENCH_TABLES` names their folder,
 * the six tables, beside the committed figures of Optuna 5.0's TPE, of the paper's setup, and of Optuna's GPSampler; and
 * on the held-out suite, which nothing is tuned to.
 * Build first, then: npx jiti packages/sampler/bench/against-optuna.ts
 * Options: --tpe sampler (default tpe), --auto sampler (default auto; it meets the GPSampler, on the tables TPE as well),
 * --seeds n (20), --auto-seeds n (10, as many as the GPSampler's figures have; on the tables as many as --seeds),
 * --only tpe|auto.
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
const optunaTpeHeldOut = figures('optuna-5.0-tpe-held-out');
const optunaGp = figures('optuna-5.0-gp');
const optunaGpHeldOut = figures('optuna-5.0-gp-held-out');
const paperSetup = figures('paper-setup');
const functions = challengesOf('functions');
const tables = challengesOf('tables');
const verdicts: string[] = [];

/** As many as Optuna's figures on the held-out suite have. */
const HELD_OUT_SEEDS = 10;
const GP_HELD_OUT_SEEDS = 5;

/** Our sampler and a rival on the same problems. */
interface Contest {
  readonly sampler: string;
  readonly rival: string;
  readonly place: string;
  readonly ours: Regrets;
  readonly theirs: Regrets;
}

/** Prints one table, problem by problem, and keeps the verdict on it for the end. */
function judge({ sampler, rival, place, ours, theirs }: Contest, budget: number, demand: Demand): void {
  const matches = matchesOf(ours, theirs, budget);
  console.log(`\n${headline(sampler, rival)}`);
  for (const match of matches) console.log(comparisonRow(match.name, budget, match.ours, match.theirs));
  verdicts.push(verdict(`${sampler} against ${rival}, ${place}, ${budget} trials`, matches, demand));
}

function matchesOf(ours: Regrets, theirs: Regrets, budget: number): readonly Match[] {
  return Object.entries(ours).flatMap(([name, byBudget]) => {
    const [mine, other] = [byBudget[budget], theirs[name]?.[budget]];
    return mine === undefined || other === undefined ? [] : [{ name, ours: mine, theirs: other }];
  });
}

if (tpe !== null) {
  const seeds = Number(values.seeds);
  const rival = { sampler: values.tpe, rival: "Optuna 5.0's TPE", theirs: optunaTpe };
  const onFunctions = await regretsOn(tpe.start, functions, { seeds, budgets: [100, 200], workers: 1 });
  const withOptuna = { ...rival, place: 'functions', ours: onFunctions };
  judge(withOptuna, 100, { kind: 'better on', atLeast: 4 });
  judge(withOptuna, 200, { kind: 'better on', atLeast: 7 });
  const withPaper = { ...withOptuna, rival: "the paper's setup", theirs: paperSetup };
  for (const budget of [100, 200]) judge(withPaper, budget, { kind: 'not worse' });
  if (tables.length > 0) {
    const onTables = await regretsOn(tpe.start, tables, { seeds, budgets: [100], workers: 1 });
    judge({ ...rival, place: 'tables', ours: onTables }, 100, { kind: 'better or solved on', atLeast: 4 });
  }
  const plan = { seeds: HELD_OUT_SEEDS, budgets: [50, 100], workers: 1 };
  const onHeldOut = await regretsOn(tpe.start, challengesOf('held-out'), plan);
  const heldOut = { ...rival, place: 'held-out suite', ours: onHeldOut, theirs: optunaTpeHeldOut };
  for (const budget of plan.budgets) judge(heldOut, budget, { kind: 'better over all' });
}
if (auto !== null) {
  const plan = { seeds: Number(values['auto-seeds']), budgets: [50, 100], workers: 1 };
  const onTables = await regretsOn(auto.start, tables, { ...plan, seeds: Number(values.seeds) });
  if (tables.length > 0) {
    const withTpe = {
      sampler: values.auto,
      rival: "Optuna 5.0's TPE",
      place: 'tables',
      ours: onTables,
      theirs: optunaTpe,
    };
    judge(withTpe, 100, { kind: 'better or solved on', atLeast: 4 });
  }
  const ours = { ...(await regretsOn(auto.start, functions, plan)), ...onTables };
  const place = tables.length > 0 ? 'functions and tables' : 'functions';
  const contest = { sampler: values.auto, rival: "Optuna 5.0's GPSampler", place, ours, theirs: optunaGp };
  for (const budget of plan.budgets) judge(contest, budget, { kind: 'more better than worse' });
  const known = challengesOf('held-out').filter(({ name }) => optunaGpHeldOut[name] !== undefined);
  const onHeldOut = await regretsOn(auto.start, known, { ...plan, seeds: GP_HELD_OUT_SEEDS });
  const heldOut = { ...contest, place: 'held-out suite', ours: onHeldOut, theirs: optunaGpHeldOut };
  for (const budget of plan.budgets) judge(heldOut, budget, { kind: 'better over all' });
}
console.log(`\n${verdicts.join('\n')}`);
