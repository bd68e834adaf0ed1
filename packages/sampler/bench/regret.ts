import { readFileSync } from 'node:fs';
import { createSampler } from '@assay/sampler';
import { FUNCTIONS } from './functions.js';
import { simulate } from './simulate.js';

/**
 * Regret of a sampler after 100 and 200 trials beside that of Optuna 5.0's TPE and of the paper's setup, median and
 * quartiles over seeds. `better` is the chance that one of our runs ends lower than one of Optuna's (0.5: no difference).
 * Run: `npx jiti packages/sampler/bench/regret.ts [seeds=20] [sampler=tpe]`.
 */
interface Baseline {
  readonly [setup: string]: { readonly regret: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> };
}

const BUDGETS = [100, 200];

const { optuna5, paper } = JSON.parse(
  readFileSync(new URL('./regret-baseline.json', import.meta.url), 'utf8'),
) as Baseline;

function quantile(xs: readonly number[], p: number): number {
  const sorted = [...xs].sort((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}

function summary(xs: readonly number[] | undefined): string {
  if (xs === undefined) return '-';
  const [low, middle, high] = [0.25, 0.5, 0.75].map((p) => quantile(xs, p).toPrecision(3));
  return `${middle} [${low}, ${high}]`;
}

/** The share of pairs in which the first is less, ties counted half. */
function chanceOfLess(ours: readonly number[], theirs: readonly number[]): number {
  const scores = ours.flatMap((a) => theirs.map((b) => (a < b ? 1 : a === b ? 0.5 : 0)));
  return scores.reduce<number>((sum, score) => sum + score, 0) / scores.length;
}

const seeds = Number(process.argv[2] ?? 20);
const sampler = createSampler(process.argv[3] ?? 'tpe');
console.log(`| function | trials | ${sampler.name} | Optuna 5.0 | paper setup | better |\n|---|---|---|---|---|---|`);
for (const target of FUNCTIONS) {
  const curves = Array.from({ length: seeds }, (_, seed) => simulate(sampler, target, Math.max(...BUDGETS), seed));
  for (const budget of BUDGETS) {
    const ours = curves.map((curve) => curve[budget - 1]!);
    const theirs = optuna5!.regret[target.name]![`trials${budget}`]!;
    const cells = [summary(ours), summary(theirs), summary(paper!.regret[target.name]?.[`trials${budget}`])];
    console.log(`| ${target.name} | ${budget} | ${cells.join(' | ')} | ${chanceOfLess(ours, theirs).toFixed(2)} |`);
  }
}
