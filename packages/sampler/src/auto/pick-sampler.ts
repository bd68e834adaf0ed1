import { cardinality, type Parameter } from '@assay/space';
import { byNumber } from '../gp/by-number.js';
import { modelledNoise } from '../gp/modelled-noise.js';
import type { SamplerContext } from '../sampler.js';

export type Picked = 'gp' | 'tpe' | 'cma-es' | 'nsga-ii';

/** What serves a study at some point of it. */
export interface SamplerPick {
  /** They take turns, by the trial's draw; each sees the others' trials. */
  readonly turns: readonly [Picked, ...Picked[]];
  /** Why, for the log. */
  readonly reason: string;
}

/** What the pick depends on. */
export type Situation = Pick<SamplerContext, 'space' | 'directions' | 'repeats' | 'history' | 'running' | 'budget'>;

/** Trials, failed ones among them, up to which a Gaussian process is worth its time, whatever the study. */
export const MODEL_TRIALS = 200;

/**
 * A study that is planned to end with so many, or fewer, stays with the model for as many, which then knows the most telling
 * 200 of them. Trials that failed count here and not in the plan, so the plan itself is no limit.
 */
export const MODEL_BUDGET = 300;

/**
 * The variance of the noise, in signal variances, from which a model of continuous values shares its trials with TPE, in
 * studies that say by repeats that they are noisy: a fourteenth of the signal's deviation. On 18 generated functions,
 * smooth ones without noise were modelled with less than a fifth of it from 30 trials on; with noise of a tenth of what random
 * losses spread by, or more, all came above it, after 25 to 100 trials. Rough functions without noise look noisy too, and are
 * better left to the model, so repeats must say it.
 */
const NOISY = 0.005;

/**
 * Which samplers serve a study best at this point. AUTO.md has the measurement behind each rule.
 */
export function pickSampler(situation: Situation): SamplerPick {
  const { space, directions, history, budget } = situation;
  const finished = history.length;
  const isShort = budget !== null && budget <= MODEL_BUDGET;
  if (finished < (isShort ? MODEL_BUDGET : MODEL_TRIALS)) return modelFor(situation);
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
 * The model alone where all values are continuous and losses without noise; else every third trial is TPE's, which asks only
 * whether values were good, not how the function runs between them, and goes where the model has ceased to look. (An odd
 * number of turns: the model has two kinds, which alternate by the draw.)
 */
function modelFor(situation: Situation): SamplerPick {
  const reason = `a model of the whole function learns most from up to ${MODEL_TRIALS} trials`;
  const blind = blindSpot(situation);
  if (blind === null) return { turns: ['gp'], reason };
  return { turns: ['gp', 'gp', 'tpe'], reason: `${reason}, but ${blind}` };
}

/** What makes a model alone miss good values. */
function blindSpot({ space, directions, repeats, history, running }: Situation): string | null {
  if (!space.every(isContinuous)) return 'overlooks some values where they are discrete';
  if (repeats === 1 || directions.length > 1) return null;
  const noise = modelledNoise(space, byNumber([...history, ...running]));
  return noise !== null && noise > NOISY ? 'trusts some values too much where losses are noisy' : null;
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
