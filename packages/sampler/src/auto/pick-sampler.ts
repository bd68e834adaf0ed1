import { cardinality, type Parameter, type SearchSpace } from '@assay/space';
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

/** Trials, failed ones among them, up to which a Gaussian process is worth its time, whatever the study. */
export const MODEL_TRIALS = 200;

/**
 * A study that is planned to end with so many, or fewer, stays with the model for as many, which then knows the most telling
 * 200 of them. Trials that failed count here and not in the plan, so the plan itself is no limit.
 */
export const MODEL_BUDGET = 300;

/**
 * Which samplers serve a study best at this point. AUTO.md has the measurement behind each rule.
 */
export function pickSampler({ space, directions, history, budget }: Situation): SamplerPick {
  const finished = history.length;
  const isShort = budget !== null && budget <= MODEL_BUDGET;
  if (finished < (isShort ? MODEL_BUDGET : MODEL_TRIALS)) return modelFor(space);
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

/**
 * The model alone where all values are continuous; else every third trial is TPE's, which asks only whether values were good,
 * not how the function runs between them, and goes where the model has ceased to look. (An odd number of turns: the model has
 * two kinds, which alternate by the draw.)
 */
function modelFor(space: SearchSpace): SamplerPick {
  const reason = `a model of the whole function learns most from up to ${MODEL_TRIALS} trials`;
  if (space.every(isContinuous)) return { turns: ['gp'], reason };
  return { turns: ['gp', 'gp', 'tpe'], reason: `${reason}, but overlooks some values where they are discrete` };
}

/** A single value is as good as none. */
function isContinuous({ distribution }: Parameter): boolean {
  const values = cardinality(distribution);
  return values === Infinity || values === 1;
}

/** A number that is always there; a single category is no choice. */
function isNumber({ condition, distribution }: Parameter): boolean {
  return condition === null && (distribution.kind !== 'categorical' || distribution.choices.length === 1);
}
