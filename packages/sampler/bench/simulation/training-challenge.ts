import { createRng, type Observation, type Report, type Rng } from '@assay/sampler';
import { type Problem, regretAt } from '../problems/problem.js';
import { gaussian, logUniform, pick, uniform } from '../random-values.js';
import type { Challenge } from './challenge.js';
import type { Outcome } from './simulate.js';

/** How the trainings of one study go. */
interface Schedule {
  /** Each ends in a report. */
  readonly steps: number;
  /** The loss that every training begins with. */
  readonly start: number;
  /** By which power of e a step approaches the end: the median, and the standard deviation of its logarithm. */
  readonly pace: number;
  readonly paceSpread: number;
  /** Standard deviations of what each report, and what a whole training, adds to the loss. */
  readonly reportNoise: number;
  readonly trainingNoise: number;
  /** A training towards a greater loss ends in infinity. */
  readonly mostLoss: number;
  /** Stopped after so many steps where its best report is worse than this percentile of the complete ones' at its step. */
  readonly warmup: number;
  readonly percentile: number;
}

/** Complete trainings before one is stopped: Optuna's `n_startup_trials`. */
const COMPLETE_BEFORE_STOPS = 5;

/**
 * The problem as a study of trainings: a trial reports its way down from a common start, with noise, and is worth its best
 * report; the worst diverge, and a percentile pruner stops others early.
 * @param losses at random places, ascending
 */
export function trainingChallenge(problem: Problem, losses: readonly number[], rng: Rng): Challenge {
  const schedule = anySchedule(losses, rng);
  return {
    name: problem.name,
    task: {
      space: problem.parameters,
      objectives: 1,
      evaluate: (params, noise, finished) =>
        train({ ...schedule, pace: paceOf(params, schedule) }, problem.loss(params), noise, finished),
    },
    regret: (finished) => {
      const complete = finished.filter(({ state }) => state === 'complete').sort((a, b) => a.values[0]! - b.values[0]!);
      return complete.length === 0 ? Infinity : regretAt(problem, problem.loss(complete[0]!.params));
    },
  };
}

function anySchedule(losses: readonly number[], rng: Rng): Schedule {
  const at = (share: number): number => losses[Math.floor(share * (losses.length - 1))]!;
  const spread = at(0.75) - at(0.25);
  const steps = pick(rng, [8, 16, 32]);
  return {
    steps,
    start: at(0.9) + spread,
    pace: logUniform(rng, 2, 8) / steps,
    paceSpread: uniform(rng, 0, 0.7),
    reportNoise: spread * logUniform(rng, 0.003, 0.1),
    trainingNoise: spread * logUniform(rng, 0.003, 0.1),
    mostLoss: rng.next() < 0.5 ? at(uniform(rng, 0.7, 0.98)) : Infinity,
    warmup: Math.ceil(steps * uniform(rng, 0.1, 0.6)),
    percentile: pick(rng, [50, 75, 75]),
  };
}

/** How fast a configuration learns is another matter than how far it gets, and always the same. */
function paceOf(params: Observation['params'], { pace, paceSpread }: Schedule): number {
  const key = [...JSON.stringify(params)].reduce((hash, letter) => (31 * hash + letter.charCodeAt(0)) | 0, 7);
  return pace * Math.exp(paceSpread * gaussian(createRng(key >>> 0)));
}

function train(schedule: Schedule, loss: number, noise: Rng, finished: readonly Observation[]): Outcome {
  const { steps, start, pace, reportNoise, trainingNoise, mostLoss } = schedule;
  const end = loss + trainingNoise * gaussian(noise);
  const reports: Report[] = [];
  let best = Infinity;
  for (let step = 1; step <= steps; step++) {
    const value = end + (start - end) * Math.exp(-pace * step) + reportNoise * gaussian(noise);
    reports.push({ step, value });
    best = Math.min(best, value);
    if (loss > mostLoss) return { state: 'pruned', values: [Infinity], constraints: [], reports };
    if (step < steps && isStopped(best, step, schedule, finished))
      return { state: 'pruned', values: [value], constraints: [], reports };
  }
  return { state: 'complete', values: [best], constraints: [], reports };
}

/** As Optuna's PercentilePruner, but for a percentile between two values, where it takes the upper one. */
function isStopped(
  best: number,
  step: number,
  { warmup, percentile }: Schedule,
  finished: readonly Observation[],
): boolean {
  const complete = finished.filter(({ state }) => state === 'complete');
  if (step < warmup || complete.length < COMPLETE_BEFORE_STOPS) return false;
  const values = complete.map(({ reports }) => reports[step - 1]!.value).sort((a, b) => a - b);
  return best > values[Math.ceil((percentile / 100) * (values.length - 1))]!;
}
