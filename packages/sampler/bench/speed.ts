/**
 * Milliseconds of processor time for one trial (ask, ten parameters, tell, in memory) in a mixed space, by number of
 * finished trials; the history grows by each trial that is timed. The code is warm, as other studies have run before; what
 * the first trials of a process cost, while its code is compiled, stands below the table. With ASSAY_PYTHON, Optuna 5.0
 * runs in the same run; else its column holds figures from another machine. Its Rust port was measured beside it on that
 * machine; here it is given the same share of Optuna's time.
 * Build first, then: npx jiti packages/sampler/bench/speed.ts [--sampler tpe] [--trials 100,1000] [--rival tpe|gp]
 */
import { parseArgs } from 'node:util';
import { createSampler } from '@assay/sampler';
import { OPTUNA_SAMPLERS, type OptunaSampler, openOptunaPeer } from './optuna/optuna-peer.js';
import { optunaTrialMs } from './speed/optuna-trial-time.js';
import { samplerTrialMs, warmUp } from './speed/sampler-trial-time.js';

interface Elsewhere {
  readonly optuna: number;
  readonly rust: number;
}

/** Optuna 5.0's default and the multivariate TPE of its Rust port, on another, quiet machine. */
const ELSEWHERE: Readonly<Record<number, Elsewhere>> = {
  100: { optuna: 7.5, rust: 0.29 },
  1000: { optuna: 25.4, rust: 1.5 },
  5000: { optuna: 69, rust: 9 },
  10000: { optuna: 112, rust: 20 },
};

/** A study of more takes Optuna minutes to fill. */
const MOST_FOR_OPTUNA = 10_000;

const { values } = parseArgs({
  options: {
    sampler: { type: 'string', default: 'tpe' },
    rival: { type: 'string', default: 'tpe' },
    trials: { type: 'string', default: '100,1000,5000,10000,1000000' },
  },
});

const python = process.env.ASSAY_PYTHON;
const peer = python === undefined ? null : openOptunaPeer(python);

const rival = OPTUNA_SAMPLERS.find((name) => name === values.rival);
if (rival === undefined) throw new Error(`--rival is one of ${OPTUNA_SAMPLERS.join(', ')}, got ${values.rival}`);

/** Optuna's milliseconds and its Rust port's, as far as known for so many trials. */
async function rivals(sampler: OptunaSampler, trials: number): Promise<Partial<Elsewhere>> {
  const elsewhere = sampler === 'tpe' ? ELSEWHERE[trials] : undefined;
  if (peer === null || trials > MOST_FOR_OPTUNA) return elsewhere ?? {};
  const optuna = await optunaTrialMs(peer, sampler, trials);
  return elsewhere === undefined ? { optuna } : { optuna, rust: (elsewhere.rust / elsewhere.optuna) * optuna };
}

function besideOurs(ours: number, theirs: number | undefined): string {
  return theirs === undefined ? '-' : `${theirs.toFixed(2)} (${(theirs / ours).toFixed(1)}x)`;
}

const place = peer === null ? 'on another machine' : 'in this run';
const cold = warmUp(createSampler(values.sampler));
console.log('Milliseconds of processor time a trial, in code that other studies have warmed up; in brackets, how many');
console.log(`times as long as ours others take. Optuna's were taken ${place}.\n`);
console.log(`| finished trials | ${values.sampler} | Optuna 5.0's ${rival} | its Rust port |\n|---|---|---|---|`);
for (const trials of values.trials.split(',').map(Number)) {
  const ours = samplerTrialMs(createSampler(values.sampler), trials);
  const theirs = await rivals(rival, trials);
  const cells = [ours.toFixed(2), besideOurs(ours, theirs.optuna), besideOurs(ours, theirs.rust)];
  console.log(`| ${trials} | ${cells.join(' | ')} |`);
}
console.log(`\nThe first 100 trials of this process, while its code was compiled: ${cold.toFixed(2)} each.`);
peer?.close();
