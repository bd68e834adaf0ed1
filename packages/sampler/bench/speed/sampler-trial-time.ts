import { createRng, type Observation, randomSampler, type Sampler, type SamplerContext } from '@assay/sampler';
import { TEN_PARAMETERS } from './ten-parameters.js';

/** What warms the code up: studies of so many trials, for so much processor time. */
const SHORT = 100;
const WARM_UP_MS = 2000;

/** Trials that pay for building a study's state, before any is timed. */
const SETTLE = 5;

/** Processor time is counted over this many trials at once: asking for it takes a while itself. */
const BLOCK = 8;
const BLOCKS = 7;

/** From here on one trial is long enough to be timed alone. */
const MANY = 100_000;

/** Different configurations in a history; longer ones repeat them with other losses, to spare memory. */
const DISTINCT = 10_000;

/**
 * Runs short studies until the code is compiled as it is in a process that has been at work for a while.
 * @returns milliseconds a trial of the first of them, whose code was as cold as the caller left it
 */
export function warmUp(sampler: Sampler): number {
  const shortStudyMs = (seed: number): number => processorMs(() => runTrials(sampler, [], SHORT, seed));
  const first = shortStudyMs(0);
  for (let spent = first, seed = 1; spent < WARM_UP_MS; seed++) spent += shortStudyMs(seed);
  return first / SHORT;
}

/** Processor time of one trial in milliseconds: the median over blocks of trials, garbage collection included. */
export function samplerTrialMs(sampler: Sampler, finished: number): number {
  const history = randomHistory(finished);
  const block = finished < MANY ? BLOCK : 1;
  runTrials(sampler, history, SETTLE);
  const times = Array.from({ length: BLOCKS }, () => processorMs(() => runTrials(sampler, history, block)) / block);
  return times.sort((a, b) => a - b)[Math.floor(BLOCKS / 2)]!;
}

function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Adds trials to a history; the sampler is given a copy each time, as a study makes a new list for each trial. */
function runTrials(sampler: Sampler, history: Observation[], count: number, seed = 1): void {
  for (let i = 0; i < count; i++) {
    const number = history.length;
    const { params, note = null } = sampler.suggest(contextOf(history.slice(), number, seed))!;
    history.push({ ...observation(number, params), note });
  }
}

function randomHistory(count: number): Observation[] {
  const sampler = randomSampler();
  const configurations = Array.from(
    { length: Math.min(count, DISTINCT) },
    (_, number) => sampler.suggest(contextOf([], number, 1))!.params,
  );
  return Array.from({ length: count }, (_, number) => observation(number, configurations[number % DISTINCT]!));
}

function observation(number: number, params: Observation['params']): Observation {
  const values = [createRng(2).fork(number).next()];
  return { number, state: 'complete', params, values, constraints: [], reports: [], note: null };
}

function contextOf(history: readonly Observation[], number: number, studySeed: number): SamplerContext {
  return {
    space: TEN_PARAMETERS,
    directions: ['minimize'],
    history,
    running: [],
    prior: [],
    reportedObjective: 0,
    repeats: 1,
    budget: null,
    number,
    draw: number,
    studySeed,
    rng: createRng(studySeed).fork(number),
  };
}
