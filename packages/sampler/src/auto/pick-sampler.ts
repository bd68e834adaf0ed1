import type { SamplerContext } from '../sampler.js';

export type Picked = 'gp' | 'tpe' | 'cma-es';

export interface Pick {
  readonly sampler: Picked;
  /** Why, for the log. */
  readonly reason: string;
}

/** Finished trials up to which a Gaussian process is worth its time: it grows with their cube. */
const MODEL_TRIALS = 200;

/** Which sampler serves a study best at this point. */
export function pickSampler({ directions, history }: SamplerContext): Pick {
  if (directions.length > 1) return { sampler: 'tpe', reason: 'several objectives' };
  if (history.length < MODEL_TRIALS) {
    return { sampler: 'gp', reason: `a model of the whole function learns most from up to ${MODEL_TRIALS} trials` };
  }
  return { sampler: 'tpe', reason: `${history.length} trials are more than a Gaussian process is worth` };
}
