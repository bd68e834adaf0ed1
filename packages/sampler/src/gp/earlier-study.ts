import type { SearchSpace } from '@assay/space';
import { pointCache } from '../point-cache.js';
import type { Direction, Observation } from '../sampler.js';
import { byNumber } from './by-number.js';
import type { Features } from './features.js';
import { gapsOf } from './loss-gaps.js';
import type { Posterior } from './posterior.js';
import { surrogateOf } from './surrogate.js';
import { bestFirst, mostTelling, type Target, targetsOf } from './targets.js';
import { CONSTANT_TREND, type Trend } from './trend.js';

/** The earlier study is only leant on, so fewer of its observations do. */
const MOST_OBSERVATIONS = 100;

/** Fewer tell nothing about shapes. */
const LEAST_OBSERVATIONS = 5;

/** What an earlier study found, for the suggestions of this one. */
export interface EarlierStudy {
  /** Its trials, the best first, those that break a constraint last. */
  readonly best: readonly Target[];
  /** Its expectation at any point, as a function whose coefficient this study's own values decide. */
  readonly trend: Trend;
}

/**
 * Values of another study compare with each other only, so they do not join the observations. Instead, the mean of a
 * Gaussian process of their own becomes one more function of the trend: its unknown coefficient takes up the other unit,
 * goes to 0 when the earlier study misleads, and what remains is learnt as ever.
 * @see Golovin et al. 2017, "Google Vizier: a service for black-box optimization", section 3.3 (a stack of Gaussian
 *   processes, each on the residuals of the one before)
 * @param weights of the objectives, where there are several
 * @returns null when there is too little to learn from
 */
export function earlierStudy(
  prior: readonly Observation[],
  space: SearchSpace,
  features: Features,
  directions: readonly Direction[],
  weights: readonly number[],
): EarlierStudy | null {
  if (prior.length < LEAST_OBSERVATIONS) return null;
  const known = remembered.get(space);
  if (known !== undefined && directions.length === 1 && isSame(known, prior, directions)) return known.study;
  const study = learn(prior, space, features, directions, weights);
  remembered.set(space, { prior, directions, study });
  return study;
}

/** A speed-up alone: trials are immutable, so the same ones teach the same. Weights make every draw another study. */
const remembered = new WeakMap<SearchSpace, Remembered>();

interface Remembered {
  readonly prior: readonly Observation[];
  readonly directions: readonly Direction[];
  readonly study: EarlierStudy | null;
}

function isSame(known: Remembered, prior: readonly Observation[], directions: readonly Direction[]): boolean {
  return (
    known.prior.length === prior.length &&
    known.prior.every((trial, i) => trial === prior[i]) &&
    known.directions.join() === directions.join()
  );
}

function learn(
  prior: readonly Observation[],
  space: SearchSpace,
  features: Features,
  directions: readonly Direction[],
  weights: readonly number[],
): EarlierStudy | null {
  const targets = mostTelling(targetsOf(byNumber(prior), directions, weights), MOST_OBSERVATIONS);
  if (targets.length < LEAST_OBSERVATIONS) return null;
  const { pointOf } = pointCache(space);
  const points = targets.map(({ trial }) => pointOf(trial.params));
  const gaps = gapsOf(targets.map(({ loss }) => loss));
  const observed = { features, trend: CONSTANT_TREND, points, gaps, bends: true, running: [] };
  const { posterior } = surrogateOf(observed, undefined, 0);
  return { best: bestFirst(targets), trend: withExpectation(posterior) };
}

/** The constant, and the expectation of standardised values: of variance 1, as the signal is. */
function withExpectation(posterior: Posterior): Trend {
  const rest = CONSTANT_TREND.count;
  return {
    count: rest + 1,
    write: (f, values) => {
      CONSTANT_TREND.write(f, values);
      posterior.moveTo(f);
      values[rest] = posterior.mean;
    },
    addSlopes: (weights, slope) => {
      posterior.takeMeanSlope();
      for (let k = 0; k < slope.length; k++) slope[k]! += weights[rest]! * posterior.meanSlope[k]!;
    },
  };
}
