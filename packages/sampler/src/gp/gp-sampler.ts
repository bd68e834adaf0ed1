import { paramsAt, pointOf } from '../axis.js';
import { pointCache } from '../point-cache.js';
import type { Sampler, SamplerContext, Suggestion } from '../sampler.js';
import { type TriedPoints, triedPoints } from '../tpe/tried-points.js';
import { byNumber } from './by-number.js';
import { type EarlierStudy, earlierStudy } from './earlier-study.js';
import { type Features, featuresOf } from './features.js';
import { buildModel } from './gp-model.js';
import { latestFits, writeNote } from './gp-note.js';
import { type GpOptions, resolveGpOptions } from './gp-options.js';
import { sizeOf } from './hyperparameters.js';
import { maximizeAcquisition } from './maximize-acquisition.js';
import { startParams } from './start-params.js';
import { mostTelling, type Target, targetsOf } from './targets.js';
import { CONSTANT_TREND } from './trend.js';

/**
 * Models of bent losses and of losses as they are take turns. The first tell the good from the very good, the second see
 * how a whole region lies; GP.md has what that brings and costs.
 */
const KINDS = 2;

/** Streams of one suggestion. */
const STREAM = { search: 0, untried: 1, weights: 2 };

/**
 * Bayesian optimisation with a Gaussian process: the place where the expected improvement, times the probability that
 * the constraints hold, is greatest. Matern 5/2 kernel with a length-scale per parameter over the flat union of the space;
 * every second time losses are bent as far as their likelihood asks for; trials in flight are believed to end as
 * expected. Several objectives are scalarised anew for every suggestion. Where values are discrete, nothing is suggested
 * twice, and null when a finite space is used up. GP.md says what was tried.
 * @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION`
 */
export function gpSampler(options: Partial<GpOptions> = {}): Sampler {
  const resolved = resolveGpOptions(options);
  return {
    name: 'gp',
    settings: { ...resolved },
    suggest: (context) => suggest(context, resolved),
  };
}

function suggest(context: SamplerContext, options: GpOptions): Suggestion | null {
  const { space, directions, rng } = context;
  const { axes, pointOf: placeOf } = pointCache(space);
  const features = featuresOf(axes);
  const weights = weightsOf(context);
  const targets = mostTelling(targetsOf(byNumber(context.history), directions, weights), options.observations);
  const earlier = earlierStudy(context.prior, space, features, directions, weights);
  const tried = triedPoints(
    space,
    axes,
    [...context.history, ...context.running].map(({ params }) => placeOf(params)),
  );
  const suggestion =
    targets.length < startTrials(options, features)
      ? fromStart(context, earlier, tried)
      : fromModel(context, features, targets, earlier, tried);
  if (suggestion !== null) return suggestion;
  const params = tried.untried(rng.fork(STREAM.untried));
  return params === null ? null : { params };
}

/**
 * Half as many as there are parameters and two more, from 5 to 10: the priors of the length-scales carry the model
 * through its first trials, and a start of 5 was better after 15 trials than one of 10, and no worse after 60 (GP.md).
 */
function startTrials({ startup }: GpOptions, { count }: Features): number {
  if (startup !== 'auto') return startup;
  return Math.min(Math.max(Math.ceil(count / 2) + 2, 5), 10);
}

function fromStart(context: SamplerContext, earlier: EarlierStudy | null, tried: TriedPoints): Suggestion | null {
  const { axes } = pointCache(context.space);
  const params = startParams(context, axes, earlier);
  return tried.has(pointOf(axes, params)) ? null : { params };
}

/** The best untried configuration that the search for it came by. */
function fromModel(
  context: SamplerContext,
  features: Features,
  targets: readonly Target[],
  earlier: EarlierStudy | null,
  tried: TriedPoints,
): Suggestion | null {
  const { axes, pointOf: placeOf } = pointCache(context.space);
  const bends = context.draw % KINDS === 0;
  const { hill, best, fits } = buildModel({
    axes,
    features,
    trend: earlier?.trend ?? CONSTANT_TREND,
    targets,
    points: targets.map(({ trial }) => placeOf(trial.params)),
    running: byNumber(context.running).map(({ params }) => placeOf(params)),
    known: latestFits(byNumber([...context.history, ...context.running]), sizeOf(features.count, bends)),
    bends,
    round: Math.floor(context.draw / KINDS),
  });
  for (const { latent } of maximizeAcquisition(hill, best, context.rng.fork(STREAM.search))) {
    const params = paramsAt(axes, latent);
    if (!tried.has(pointOf(axes, params))) return { params, note: writeNote(fits) };
  }
  return null;
}

/** A weight per objective, uniform among those that sum to 1 (normalised exponential draws). */
function weightsOf({ directions, rng }: SamplerContext): readonly number[] {
  const draws = rng.fork(STREAM.weights);
  const sizes = directions.map(() => -Math.log(1 - draws.next()));
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sizes.map((size) => size / sum);
}
