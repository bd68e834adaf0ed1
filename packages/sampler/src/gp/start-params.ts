import type { ParamValues } from '@assay/space';
import { type Axis, paramsAt } from '../axis.js';
import { pointCache } from '../point-cache.js';
import type { SamplerContext } from '../sampler.js';
import { sobolParams } from '../sobol/sobol-sampler.js';
import type { EarlierStudy } from './earlier-study.js';
import { completed } from './latent-point.js';

/**
 * A configuration to begin with: a point of the scrambled Sobol sequence; after an earlier study every second one is one
 * of its trials: the best, the 2nd, 4th, 8th, ..., which brings its best to this study at once and shows whether its
 * order holds here.
 */
export function startParams(context: SamplerContext, axes: readonly Axis[], earlier: EarlierStudy | null): ParamValues {
  const { draw, space } = context;
  const target = draw % 2 === 0 ? earlier?.best[2 ** (draw / 2) - 1] : undefined;
  if (target === undefined) return sobolParams(axes, context);
  const { pointOf } = pointCache(space);
  return paramsAt(
    axes,
    completed(
      axes,
      pointOf(target.trial.params),
      earlier!.best.map(({ trial }) => pointOf(trial.params)),
    ),
  );
}
