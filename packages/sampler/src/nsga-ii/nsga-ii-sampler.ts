import type { ParamValues } from '@assay/space';
import { pointOf } from '../axis.js';
import { pointCache } from '../point-cache.js';
import type { Sampler, SamplerContext } from '../sampler.js';
import { sobolParams } from '../sobol/sobol-sampler.js';
import { triedPoints } from '../tpe/tried-points.js';
import { childOf } from './child.js';
import { type NsgaIIOptions, resolveNsgaIIOptions } from './nsga-ii-options.js';
import { parentsOf, tournament } from './parents.js';

/** Children that have been tried before, until a random configuration takes their place. */
const ATTEMPTS = 100;

/** Streams of one suggestion. */
const STREAM = { children: 0, untried: 1 };

/**
 * NSGA-II (Deb et al. 2002) for one or several objectives and any space, made for hundreds of trials: a population from which
 * tournaments by front and crowding choose two parents for each trial, and which the trial may enter as soon as it has ended.
 * Feasible trials win over infeasible ones, and these by how little they violate. It starts with Sobol points, or, after an
 * earlier study, with that study's best as parents. Nothing is suggested twice, and null when a finite space is used up.
 * @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION`
 */
export function nsgaIISampler(options: Partial<NsgaIIOptions> = {}): Sampler {
  const resolved = resolveNsgaIIOptions(options);
  return {
    name: 'nsga-ii',
    settings: { ...resolved },
    suggest: (context) => {
      const params = suggestParams(context, resolved);
      return params === null ? null : { params };
    },
  };
}

function suggestParams(context: SamplerContext, { population }: NsgaIIOptions): ParamValues | null {
  const { space, history, running, rng } = context;
  const { axes, pointOf: placeOf } = pointCache(space);
  const tried = triedPoints(
    space,
    axes,
    [...history, ...running].map(({ params }) => placeOf(params)),
  );
  const isNew = (params: ParamValues): boolean => !tried.has(pointOf(axes, params));
  return newParams(context, population, isNew) ?? tried.untried(rng.fork(STREAM.untried));
}

/** Null when what it comes upon has been tried before. */
function newParams(
  context: SamplerContext,
  population: number,
  isNew: (params: ParamValues) => boolean,
): ParamValues | null {
  const { axes } = pointCache(context.space);
  const parents = parentsOf(context, population);
  if (parents.length < population) {
    const params = sobolParams(axes, context);
    return isNew(params) ? params : null;
  }
  const rng = context.rng.fork(STREAM.children);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [mother, father] = [tournament(parents, rng), tournament(parents, rng)];
    const params = childOf(axes, mother.trial.params, father.trial.params, rng);
    if (isNew(params)) return params;
  }
  return null;
}
