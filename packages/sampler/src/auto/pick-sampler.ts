import type { Parameter } from '@assay/space';
import type { SamplerContext } from '../sampler.js';

export type Picked = 'gp' | 'tpe' | 'cma-es' | 'nsga-ii';

/** What serves a study at some point of it. */
export interface SamplerPick {
  /** They take turns, by the trial's draw; each sees the others' trials. */
  readonly turns: readonly [Picked, ...Picked[]];
  /** Why, for the log. */
  readonly reason: string;
}

/** What the pick depends on. Not trials in flight: the model was ahead with 16 of them; nor noise, which is undecided (AUTO.md). */
export type Situation = { readonly [K in 'space' | 'directions' | 'history' | 'budget']: SamplerContext[K] };

/** Finished trials up to which a Gaussian process is worth its time, whatever the study. */
export const MODEL_TRIALS = 200;

/** A study that is planned to end with so many stays with the model, which then knows the most telling 200 of them. */
export const MODEL_BUDGET = 300;

/**
 * Which samplers serve a study best at this point. AUTO.md has the measurement behind each rule.
 */
export function pickSampler({ space, directions, history, budget }: Situation): SamplerPick {
  const finished = history.length;
  if (finished < MODEL_TRIALS) {
    return { turns: ['gp'], reason: `a model of the whole function learns most from up to ${MODEL_TRIALS} trials` };
  }
  if (budget !== null && finished < budget && budget <= MODEL_BUDGET) {
    return { turns: ['gp'], reason: `a study of ${budget} trials is short enough for a model to its end` };
  }
  const past = 'more trials than a Gaussian process is worth';
  if (directions.length > 1) {
    return {
      turns: ['tpe', 'nsga-ii'],
      reason: `${past}; of several objectives, one fills gaps and one widens the front`,
    };
  }
  if (space.every(isNumber)) {
    return { turns: ['cma-es'], reason: `${past}; among numbers a walk goes on precisely` };
  }
  return { turns: ['tpe'], reason: `${past}; the space has choices or branches` };
}

/** A number that is always there; a single category is no choice. */
function isNumber({ condition, distribution }: Parameter): boolean {
  return condition === null && (distribution.kind !== 'categorical' || distribution.choices.length === 1);
}
