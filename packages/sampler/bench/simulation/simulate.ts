import { createRng, type Observation, type Rng } from '@assay/sampler';
import type { SearchSpace } from '@assay/space';
import { gaussian } from '../random-values.js';
import type { Searcher, StartSearch } from './searcher.js';

/** What a simulated study searches. */
export interface Task {
  readonly space: SearchSpace;
  readonly objectives: number;
  /** How many runs a trial's value is the mean of; one when left out. */
  readonly repeats?: number;
  /**
   * @param rng the trial's own stream, for noise
   * @param finished the trials that ended before it, in that order
   */
  evaluate(params: Observation['params'], rng: Rng, finished: readonly Observation[]): Outcome;
}

/** How a trial ends: complete and without reports, unless it says otherwise. */
export type Outcome = Pick<Observation, 'values' | 'constraints'> & Partial<Pick<Observation, 'state' | 'reports'>>;

export interface Run {
  /** How many trials finish. */
  readonly trials: number;
  readonly seed: number;
  /** Trials in flight. */
  readonly workers: number;
}

interface TrialInFlight {
  readonly number: number;
  readonly params: Observation['params'];
  readonly endsAt: number;
}

/** Spread of trial durations: the standard deviation of their logarithm. Two in three last 0.6 to 1.6 times the median. */
const DURATION_SPREAD = 0.5;

/** Keys of streams that no draw of a sampler uses. */
const NOISE = -1;
const DURATION = -2;

/**
 * Searches with `workers` trials in flight; each ends after a random duration, and then the next one starts.
 * @returns the finished trials in the order in which they end; fewer than asked for when nothing is left to try
 */
export async function simulate(start: StartSearch, task: Task, run: Run): Promise<readonly Observation[]> {
  const { trials, seed, workers } = run;
  const directions = Array.from({ length: task.objectives }, () => 'minimize' as const);
  const { space, repeats = 1 } = task;
  const searcher = await start({ space, directions, repeats, seed, budget: trials });
  const inFlight: TrialInFlight[] = [];
  const finished: Observation[] = [];
  for (let next = 0, now = 0; finished.length < trials; ) {
    while (inFlight.length < workers && next < trials) {
      const trial = await startTrial(searcher, next, now, seed);
      if (trial === null) break;
      inFlight.push(trial);
      next += 1;
    }
    const ended = takeFirstToEnd(inFlight);
    if (ended === undefined) break;
    now = ended.endsAt;
    const trial = observe(task, ended, seed, finished);
    finished.push(trial);
    await searcher.tell(trial);
  }
  return finished;
}

async function startTrial(
  searcher: Searcher,
  number: number,
  now: number,
  seed: number,
): Promise<TrialInFlight | null> {
  const suggestion = await searcher.ask(number);
  if (suggestion === null) return null;
  const duration = Math.exp(DURATION_SPREAD * gaussian(createRng(seed).fork(DURATION).fork(number)));
  return { number, params: suggestion.params, endsAt: now + duration };
}

function observe(
  task: Task,
  { number, params }: TrialInFlight,
  seed: number,
  finished: readonly Observation[],
): Observation {
  const measured = task.evaluate(params, createRng(seed).fork(NOISE).fork(number), finished);
  return { number, state: 'complete', params, reports: [], note: null, ...measured };
}

function takeFirstToEnd(inFlight: TrialInFlight[]): TrialInFlight | undefined {
  const first = inFlight.reduce((best, { endsAt }, i) => (endsAt < (inFlight[best]?.endsAt ?? Infinity) ? i : best), 0);
  return inFlight.splice(first, 1)[0];
}
