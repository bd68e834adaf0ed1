import { createRng, type Direction, type Rng } from '@assay/sampler';
import {
  activeParameters,
  categorical,
  choice,
  type Distribution,
  float,
  fromModel,
  int,
  isActive,
  modelRange,
  ordered,
  type ParamValues,
  repeat,
  type Scalar,
  type SearchSpace,
  space,
  toModel,
} from '@assay/space';
import type { AnalysedTrial } from '../analysed-trial.js';

/** Every kind of parameter, always there, in branches, and repeated. */
const EVERYTHING = space({
  lr: float(1e-5, 1e-1, { log: true }),
  dropout: float(0, 0.8, { step: 0.1 }),
  momentum: float(0.5, 0.99),
  batch: ordered([16, 32, 64, 128, 256]),
  activation: categorical(['relu', 'elu', null, 3]),
  epochs: int(1, 200),
  even: int(0, 40, { step: 2 }),
  width: int(1, 1000, { log: true }),
  pinned: int(7, 7),
  layers: int(1, 3),
  units: repeat('layers', int(16, 256, { log: true })),
  optimizer: choice({
    adam: {},
    sgd: { nesterov: categorical([true, false]) },
    rms: { decay: float(0, 1), n: int(1, 2) },
  }),
}).parameters;

export interface RandomStudy {
  readonly space: SearchSpace;
  readonly directions: readonly Direction[];
  readonly trials: readonly AnalysedTrial[];
}

/** A study of random configurations, whose values depend on a few parameters chosen by the seed, on others for each objective. */
export function randomStudy(seed: number, size: number, objectives = 1): RandomStudy {
  const rng = createRng(seed);
  const directions = Array.from({ length: objectives }, (): Direction => (rng.next() < 0.5 ? 'minimize' : 'maximize'));
  const weights = directions.map(
    (_, objective) => new Map(EVERYTHING.map(({ name }, i) => [name, rng.fork(objective * 100 + i).next() ** 4])),
  );
  const trials = Array.from({ length: size }, (_, number) => randomTrial(rng.fork(1000 + number), number, weights));
  return { space: EVERYTHING, directions, trials };
}

function randomTrial(rng: Rng, number: number, weights: readonly ReadonlyMap<string, number>[]): AnalysedTrial {
  const params = randomParams(rng);
  // Rounded values make ties; a few trials have diverged.
  const values = weights.map((weight, objective) =>
    rng.next() < 0.02 ? Infinity : Math.round(sumOf(params, weight, objective) * 200) / 200,
  );
  return { ...completeTrial(number, params, 0), values };
}

function sumOf(params: ParamValues, weights: ReadonlyMap<string, number>, objective: number): number {
  const best = 0.3 + 0.4 * (objective % 2);
  return activeParameters(EVERYTHING, params).reduce((sum, { name, distribution }) => {
    const { low, high } = modelRange(distribution);
    const unit = (toModel(distribution, params[name]!) - low) / (high - low || 1);
    return sum + weights.get(name)! * (unit - best) ** 2;
  }, 0);
}

function randomParams(rng: Rng): ParamValues {
  const params: Record<string, Scalar> = {};
  for (const parameter of EVERYTHING) {
    if (isActive(parameter, params)) params[parameter.name] = uniform(parameter.distribution, rng.next());
  }
  return params;
}

function uniform(distribution: Distribution, u: number): Scalar {
  const { low, high } = modelRange(distribution);
  return fromModel(distribution, low + (high - low) * u);
}

/** A finished, feasible trial without reports. */
export function completeTrial(number: number, params: ParamValues, value: number): AnalysedTrial {
  return { number, state: 'complete', params, values: [value], constraints: [], reports: [] };
}

/** Trials spread by irrational multiples, without a random generator; the value depends on the learning rate, and in the sgd branch on the momentum. */
export function spreadStudy(): RandomStudy {
  const net = space({
    lr: float(1e-5, 1e-1, { log: true }),
    layers: int(1, 4),
    optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.9, { step: 0.1 }) } }),
  });
  const trials = Array.from({ length: 115 }, (_, i): AnalysedTrial => {
    const fraction = (key: number): number => ((i + 1) * Math.SQRT1_2 * key) % 1;
    const lr = Number((10 ** (-4.9 + 3.8 * fraction(1))).toPrecision(3));
    const layers = 1 + Math.floor(4 * fraction(5));
    const tenths = Math.floor(10 * fraction(3));
    const optimizer = i % 3 === 0 ? ({ kind: 'adam' } as const) : ({ kind: 'sgd', momentum: tenths / 10 } as const);
    const loss = Math.abs(Math.log10(lr) + 3) + (i % 3 === 0 ? 1 : tenths / 20) + layers / 100;
    const params = net.encode({ lr, layers, optimizer });
    return completeTrial(i, params, Number(loss.toFixed(3)));
  });
  return { space: net.parameters, directions: ['minimize'], trials };
}
