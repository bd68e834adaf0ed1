import { createRng, type Observation, randomSampler, type Sampler, tpeSampler } from '@assay/sampler';
import { categorical, float, int, type SearchSpace, space } from '@assay/space';

/** Milliseconds for one suggestion in a mixed space of 10 parameters. Run: `npx jiti packages/sampler/bench/speed.ts`. */
const SPACE = space({
  lr: float(1e-6, 1, { log: true }),
  decay: float(1e-8, 1e-2, { log: true }),
  momentum: float(0, 0.99),
  dropout: float(0, 0.9, { step: 0.1 }),
  clip: float(0.1, 10, { log: true }),
  layers: int(1, 8),
  units: int(16, 1024, { log: true }),
  batch: int(16, 512, { step: 16 }),
  optimizer: categorical(['sgd', 'adam', 'rms', 'lamb']),
  activation: categorical(['relu', 'gelu', 'tanh']),
}).parameters;

/** Milliseconds per trial (ask and 10 suggests) of Optuna 5.0's default on another machine: an order of magnitude only. */
const OPTUNA_5: Readonly<Record<number, number>> = { 100: 7.5, 1000: 25.4, 5000: 69, 10000: 112 };

const ROUNDS = 31;

function randomHistory(parameters: SearchSpace, count: number): readonly Observation[] {
  const sampler = randomSampler();
  return Array.from({ length: count }, (_, number) => {
    const rng = createRng(1).fork(number);
    const params = sampler.suggest(contextOf(parameters, [], number))!.params;
    const values = [rng.fork(-1).next()];
    return { number, state: 'complete', params, values, constraints: [], reports: [], note: null };
  });
}

function contextOf(parameters: SearchSpace, history: readonly Observation[], draw: number) {
  const rng = createRng(1).fork(draw);
  return {
    space: parameters,
    directions: ['minimize'],
    history,
    running: [],
    prior: [],
    reportedObjective: 0,
    budget: null,
    number: history.length,
    draw,
    studySeed: 1,
    rng,
  } as const;
}

function medianMs(sampler: Sampler, history: readonly Observation[]): number {
  const times = Array.from({ length: ROUNDS }, (_, round) => {
    const context = contextOf(SPACE, history, history.length + round);
    const started = performance.now();
    sampler.suggest(context);
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

const sampler = tpeSampler();
medianMs(sampler, randomHistory(SPACE, 200)); // warm up
console.log('trials  ms/suggestion  Optuna 5.0 (elsewhere)');
for (const trials of [100, 1000, 5000, 10000]) {
  const ms = medianMs(sampler, randomHistory(SPACE, trials));
  console.log(`${String(trials).padStart(6)}  ${ms.toFixed(2).padStart(13)}  ${String(OPTUNA_5[trials]).padStart(22)}`);
}
