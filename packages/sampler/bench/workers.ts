/**
 * What parallel trials cost: regret after 100 finished trials with 1 to 16 of them in flight, beside Optuna 5.0's TPE
 * (its constant liar is on by default) on the same simulated studies. Optuna's figures are stored; --measure-optuna
 * takes them again, which needs ASSAY_PYTHON and about ten minutes.
 * Build first, then: npx jiti packages/sampler/bench/workers.ts [--sampler tpe] [--seeds 10] [--measure-optuna]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { challengesOf } from './problems/suites.js';
import { pText, quantile } from './report/figure-text.js';
import { openSearch } from './simulation/open-search.js';
import { type Regrets, regretsOn } from './simulation/regrets.js';
import { overallComparison } from './statistics/overall-comparison.js';

/** Regrets by number of trials in flight. */
type RegretsByWorkers = Readonly<Record<number, Regrets>>;

const TRIALS = 100;
const WORKERS = [1, 2, 4, 8, 16];
const FIGURES = new URL('./baselines/optuna-5.0-tpe-workers.json', import.meta.url);

/** All but the one of 20 dimensions, where 100 trials are hardly more than a start. */
const PROBLEMS = challengesOf('functions').filter(({ name }) => name !== 'sphere20');

const { values } = parseArgs({
  options: {
    sampler: { type: 'string', default: 'tpe' },
    seeds: { type: 'string', default: '10' },
    'measure-optuna': { type: 'boolean', default: false },
  },
});

async function measure(sampler: string): Promise<RegretsByWorkers> {
  const { start, close } = openSearch(sampler);
  const byWorkers: Record<number, Regrets> = {};
  for (const workers of WORKERS) {
    const plan = { seeds: Number(values.seeds), budgets: [TRIALS], workers };
    byWorkers[workers] = await regretsOn(start, PROBLEMS, plan);
  }
  close();
  return byWorkers;
}

function store(byWorkers: RegretsByWorkers): void {
  const machine = `${cpus().length} cores, ${cpus()[0]!.model}, Node ${process.version}`;
  const about = `Optuna 5.0.0, TPESampler() with its defaults, ask and tell with 1 to 16 trials in flight (workers.ts): regret after ${TRIALS} finished trials, one number per seed from 0. Measured on ${machine}.`;
  writeFileSync(FIGURES, `${JSON.stringify({ about, byWorkers })}\n`);
}

function stored(): RegretsByWorkers {
  return (JSON.parse(readFileSync(FIGURES, 'utf8')) as { readonly byWorkers: RegretsByWorkers }).byWorkers;
}

function medians(byWorkers: RegretsByWorkers, name: string): string {
  return WORKERS.map((workers) => quantile(byWorkers[workers]![name]![TRIALS]!, 0.5).toPrecision(3)).join(' | ');
}

/** How one set of searches stands against another, over all problems. */
function standing(ours: Regrets, theirs: Regrets): string {
  const pairs = PROBLEMS.map(({ name }) => [ours[name]![TRIALS]!, theirs[name]![TRIALS]!] as const);
  const { winShare, better, worse } = overallComparison(pairs);
  return `${winShare.toFixed(2)} (p better ${pText(better)}, worse ${pText(worse)})`;
}

const ours = await measure(values.sampler);
if (values['measure-optuna']) store(await measure('optuna:tpe'));
const optuna = stored();

console.log(`Median regret after ${TRIALS} finished trials by trials in flight\n`);
console.log(`| problem | search | ${WORKERS.join(' | ')} |\n|---|---|${WORKERS.map(() => '---|').join('')}`);
for (const { name } of PROBLEMS) {
  console.log(`| ${name} | ${values.sampler} | ${medians(ours, name)} |`);
  console.log(`| | Optuna 5.0 | ${medians(optuna, name)} |`);
}
console.log('\nShare of wins over all problems; half is no difference');
for (const workers of WORKERS) {
  const againstOptuna = standing(ours[workers]!, optuna[workers]!);
  const [ourLoss, theirLoss] = [standing(ours[workers]!, ours[1]!), standing(optuna[workers]!, optuna[1]!)];
  console.log(
    `${workers} in flight: against Optuna ${againstOptuna}; against itself with 1: ${ourLoss}, Optuna ${theirLoss}`,
  );
}
