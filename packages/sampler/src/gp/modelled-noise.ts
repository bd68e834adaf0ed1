import type { SearchSpace } from '@assay/space';
import { pointCache } from '../point-cache.js';
import type { Observation } from '../sampler.js';
import { featuresOf } from './features.js';
import { latestFits } from './gp-note.js';
import { noiseAt, sizeOf } from './hyperparameters.js';

/**
 * How noisy losses are by the latest Gaussian processes: the variance of the noise in signal variances, the lesser one of
 * the two kinds of model. Null while there is no model.
 * @param trials ascending by number
 */
export function modelledNoise(space: SearchSpace, trials: readonly Observation[]): number | null {
  const { count } = featuresOf(pointCache(space).axes);
  const noises = [true, false].flatMap((bends) => {
    const [objective] = latestFits(trials, sizeOf(count, bends));
    return objective === undefined ? [] : [Math.exp(objective[noiseAt(count)]!)];
  });
  return noises.length === 0 ? null : Math.min(...noises);
}
