import type { ParamValues } from '@assay/space';
import { type Axis, fillActive, paramsAt, pointOf, valueAtUnit } from '../axis.js';
import { type PointCache, pointCache } from '../point-cache.js';
import type { Rng } from '../rng.js';
import type { Observation, Sampler, SamplerContext } from '../sampler.js';
import { sobolParams } from '../sobol/sobol-sampler.js';
import { buildModel, type PlacedTrial, type TpeModel } from './tpe-model.js';
import { resolveTpeOptions, type TpeOptions } from './tpe-options.js';
import { type TriedPoints, triedPoints } from './tried-points.js';

/** Draws of a suggestion, per candidate wanted, before a finite space counts as used up around the good trials. */
const DRAWS_PER_CANDIDATE = 10;

/** Streams of one suggestion. */
const STREAM = { start: 0, candidates: 1, untried: 2 };

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011), multivariate: one joint density l over the good trials
 * and one, g, over the others, both over the union of all conditional parameters, where a trial without a parameter
 * stands for the prior. The candidate from l with the greatest l/g is suggested. Where values are discrete, nothing is
 * suggested twice, and null when a finite space is used up. Several objectives are split by non-dominated fronts.
 * @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION`
 */
export function tpeSampler(options: Partial<TpeOptions> = {}): Sampler {
  const resolved = resolveTpeOptions(options);
  return {
    name: 'tpe',
    settings: { ...resolved },
    suggest: (context) => {
      const params = suggestParams(context, resolved);
      return params === null ? null : { params };
    },
  };
}

function suggestParams(context: SamplerContext, options: TpeOptions): ParamValues | null {
  const { space, rng } = context;
  const cache = pointCache(space);
  const { axes } = cache;
  const finished = placed(cache, context.history);
  const running = placed(cache, context.running);
  const tried = triedPoints(
    space,
    axes,
    [...finished, ...running].map(({ point }) => point),
  );
  const point =
    finished.length < options.startup
      ? startPoint(axes, context, options, tried)
      : bestCandidate(
          buildModel(axes, finished, running, context.directions, options),
          options.candidates,
          tried,
          rng.fork(STREAM.candidates),
        );
  return point === null ? tried.untried(rng.fork(STREAM.untried)) : paramsAt(axes, point);
}

function placed(cache: PointCache, trials: readonly Observation[]): readonly PlacedTrial[] {
  return trials
    .map((trial) => ({ trial, point: cache.pointOf(trial.params) }))
    .sort((a, b) => a.trial.number - b.trial.number);
}

function startPoint(
  axes: readonly Axis[],
  context: SamplerContext,
  { start }: TpeOptions,
  tried: TriedPoints,
): Float64Array | null {
  const rng = context.rng.fork(STREAM.start);
  const params =
    start === 'sobol' ? sobolParams(axes, context) : fillActive(axes, (axis) => valueAtUnit(axis, rng.next()));
  const point = pointOf(axes, params);
  return tried.has(point) ? null : point;
}

/** The untried draw from the good density that is likeliest to be good; null when all draws had been tried. */
function bestCandidate({ good, bad }: TpeModel, candidates: number, tried: TriedPoints, rng: Rng): Float64Array | null {
  let best: Float64Array | null = null;
  let bestScore = -Infinity;
  let found = 0;
  for (let draw = 0; draw < candidates * DRAWS_PER_CANDIDATE && found < candidates; draw++) {
    const point = good.draw(rng);
    if (tried.has(point)) continue;
    found += 1;
    const score = good.logDensity(point) - bad.logDensity(point);
    if (best === null || score > bestScore) {
      best = point;
      bestScore = score;
    }
  }
  return best;
}
