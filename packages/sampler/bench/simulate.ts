import { createRng, type Observation, type Rng, type Sampler } from '@assay/sampler';
import { isFeasible, type Problem, regretAt } from './problem.js';
import { gaussian } from './random-values.js';

export interface Run {
  /** How many trials finish. */
  readonly trials: number;
  readonly seed: number;
  /** Trials in flight. */
  readonly workers?: number;
}

interface TrialInFlight {
  readonly trial: Observation;
  readonly endsAt: number;
}

/** Spread of trial durations: the standard deviation of their logarithm. Most last 0.6 to 1.6 times the median. */
const DURATION_SPREAD = 0.5;

/** Keys of streams that no draw of the sampler uses. */
const NOISE = -1;
const DURATION = -2;

/**
 * Searches with `workers` trials in flight; each ends after a random duration, and then the next one starts.
 * @returns for each number of finished trials, the regret of the incumbent: the noise-free loss of the feasible trial
 *   with the least observed loss, minus the optimum; Infinity while none is feasible. A sampler with nothing left to
 *   try keeps its last regret.
 */
export function simulate(sampler: Sampler, problem: Problem, run: Run): readonly number[] {
  const { trials, seed, workers = 1 } = run;
  const finished: Observation[] = [];
  const inFlight: TrialInFlight[] = [];
  const curve: number[] = [];
  let incumbent = { observed: Infinity, regret: Infinity };
  for (let number = 0, now = 0; curve.length < trials; ) {
    while (inFlight.length < workers && number < trials) {
      const params = suggestNext(sampler, problem, run, finished, inFlight, number);
      if (params === null) break;
      const trial = observationOf(number, 'running', params, []);
      inFlight.push({ trial, endsAt: now + durationOf(createRng(seed).fork(DURATION).fork(number)) });
      number += 1;
    }
    const next = takeFirstToEnd(inFlight);
    if (next === undefined) break;
    now = next.endsAt;
    const { params } = next.trial;
    const loss = problem.loss(params);
    const observed = loss + noiseOf(problem, createRng(seed).fork(NOISE).fork(next.trial.number));
    const constraints = problem.constraints?.(params) ?? [];
    insertByNumber(finished, { ...observationOf(next.trial.number, 'complete', params, [observed]), constraints });
    if (isFeasible(constraints) && observed < incumbent.observed) {
      incumbent = { observed, regret: regretAt(problem, loss) };
    }
    curve.push(incumbent.regret);
  }
  while (curve.length < trials) curve.push(incumbent.regret);
  return curve;
}

function suggestNext(
  sampler: Sampler,
  problem: Problem,
  { trials, seed }: Run,
  finished: readonly Observation[],
  inFlight: readonly TrialInFlight[],
  number: number,
): Observation['params'] | null {
  const suggestion = sampler.suggest({
    space: problem.parameters,
    directions: ['minimize'],
    history: finished.slice(),
    running: inFlight.map(({ trial }) => trial).sort((a, b) => a.number - b.number),
    prior: [],
    reportedObjective: 0,
    budget: trials,
    number,
    draw: number,
    studySeed: seed,
    rng: createRng(seed).fork(number),
  });
  return suggestion?.params ?? null;
}

function observationOf(
  number: number,
  state: Observation['state'],
  params: Observation['params'],
  values: readonly number[],
): Observation {
  return { number, state, params, values, constraints: [], reports: [], note: null };
}

function noiseOf({ noise = 0 }: Problem, rng: Rng): number {
  return noise === 0 ? 0 : noise * gaussian(rng);
}

function durationOf(rng: Rng): number {
  return Math.exp(DURATION_SPREAD * gaussian(rng));
}

function takeFirstToEnd(inFlight: TrialInFlight[]): TrialInFlight | undefined {
  const first = inFlight.reduce((best, { endsAt }, i) => (endsAt < (inFlight[best]?.endsAt ?? Infinity) ? i : best), 0);
  return inFlight.splice(first, 1)[0];
}

function insertByNumber(finished: Observation[], trial: Observation): void {
  const place = finished.findLastIndex(({ number }) => number < trial.number) + 1;
  finished.splice(place, 0, trial);
}
