import { createRng, type Observation, randomSampler, type Sampler, type SamplerContext } from '@assay/sampler';
import { TEN_PARAMETERS } from './ten-parameters.js';

/** Trials that pay for compiling and for building state, before any is timed. */
const WARM_UP = 5;

/** Processor time is counted over this many trials at once, since its clock may tick in milliseconds. */
const BLOCK = 8;
const BLOCKS = 7;

/** From here on one trial is long enough to be timed alone. */
const MANY = 100_000;

/** Different configurations in a history; longer ones repeat them with other losses, to spare memory. */
const DISTINCT = 10_000;

/** Processor time of one trial in milliseconds: the median over blocks of trials, garbage collection included. */
export function samplerTrialMs(sampler: Sampler, finished: number): number {
  const history = randomHistory(finished);
  const block = finished < MANY ? BLOCK : 1;
  for (let i = 0; i < WARM_UP; i++) timeTrial(sampler, history);
  const times = Array.from({ length: BLOCKS }, () => {
    let total = 0;
    for (let i = 0; i < block; i++) total += timeTrial(sampler, history);
    return total / block;
  });
  return times.sort((a, b) => a - b)[Math.floor(BLOCKS / 2)]!;
}

/** Adds a trial to the history. A study makes a new list for each trial; that is the study's time, not the sampler's. */
function timeTrial(sampler: Sampler, history: Observation[]): number {
  const number = history.length;
  const context = contextOf(history.slice(), number);
  const before = process.cpuUsage();
  const { params, note = null } = sampler.suggest(context)!;
  history.push({ ...observation(number, params), note });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function randomHistory(count: number): Observation[] {
  const sampler = randomSampler();
  const configurations = Array.from(
    { length: Math.min(count, DISTINCT) },
    (_, number) => sampler.suggest(contextOf([], number))!.params,
  );
  return Array.from({ length: count }, (_, number) => observation(number, configurations[number % DISTINCT]!));
}

function observation(number: number, params: Observation['params']): Observation {
  const values = [createRng(2).fork(number).next()];
  return { number, state: 'complete', params, values, constraints: [], reports: [], note: null };
}

function contextOf(history: readonly Observation[], number: number): SamplerContext {
  return {
    space: TEN_PARAMETERS,
    directions: ['minimize'],
    history,
    running: [],
    prior: [],
    reportedObjective: 0,
    budget: null,
    number,
    draw: number,
    studySeed: 1,
    rng: createRng(1).fork(number),
  };
}
