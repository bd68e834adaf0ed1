import type { ParamValues } from '@assay/space';
import { type Axis, axesOf, coordinateOf, fillActive, valueAt } from '../axis.js';
import type { Observation, Sampler, SamplerContext } from '../sampler.js';
import { sobolParams } from '../sobol/sobol-sampler.js';
import { buildMixture, type Mixture } from './mixture.js';
import { isFeasible, lossOf, splitTrials } from './split-trials.js';
import { TPE_DEFAULTS, type TpeOptions } from './tpe-options.js';
import { improvementWeights, recencyWeights } from './trial-weights.js';

export function tpeSampler(given: Partial<TpeOptions> = {}): Sampler {
  const options = { ...TPE_DEFAULTS, ...given };
  return {
    name: 'tpe',
    settings: { ...options },
    suggest: (context) => ({ params: suggestParams(context, options) }),
  };
}

function suggestParams(context: SamplerContext, options: TpeOptions): ParamValues {
  const axes = axesOf(context.space);
  if (context.history.length < options.startup) return sobolParams(axes, context);
  const model = buildModel(axes, context, options);
  const rng = context.rng.fork(0);
  let best = model.good.draw(rng);
  let bestScore = model.good.logDensity(best) - model.bad.logDensity(best);
  for (let i = 1; i < options.candidates; i++) {
    const point = model.good.draw(rng);
    const score = model.good.logDensity(point) - model.bad.logDensity(point);
    if (score > bestScore) {
      best = point;
      bestScore = score;
    }
  }
  return fillActive(axes, (axis, d) => valueAt(axis, best[d]!));
}

interface Model {
  readonly good: Mixture;
  readonly bad: Mixture;
}

function buildModel(
  axes: readonly Axis[],
  { history, running, directions }: SamplerContext,
  options: TpeOptions,
): Model {
  const finished = [...history].sort((a, b) => a.number - b.number);
  const count = Math.min(Math.ceil(options.gamma * finished.length), options.maxGood);
  const split = splitTrials(finished, directions, count);
  const bad = [...split.bad, ...running].sort((a, b) => a.number - b.number);
  const threshold = Math.min(
    ...split.bad.filter((t) => t.state === 'complete' && isFeasible(t)).map((t) => lossOf(t, directions[0]!)),
  );
  const weightOfGood =
    options.weights === 'improvement' && directions.length === 1
      ? improvementWeights(
          split.good.map((t) => lossOf(t, directions[0]!)),
          threshold,
        )
      : options.weights === 'recency'
        ? recencyWeights(split.good.length)
        : new Float64Array(split.good.length).fill(1);
  const weightOfBad = options.weights === 'recency' ? recencyWeights(bad.length) : new Float64Array(bad.length).fill(1);
  return {
    good: buildMixture(
      axes,
      split.good.map((t) => pointOf(axes, t)),
      weightOfGood,
      options,
    ),
    bad: buildMixture(
      axes,
      bad.map((t) => pointOf(axes, t)),
      weightOfBad,
      options,
    ),
  };
}

function pointOf(axes: readonly Axis[], trial: Observation): Float64Array {
  return Float64Array.from(axes, (axis) => coordinateOf(axis, trial.params[axis.parameter.name]));
}
