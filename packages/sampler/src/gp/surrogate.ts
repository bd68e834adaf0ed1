import { designOf, type Features } from './features.js';
import { fitHyperparameters } from './fit.js';
import { bendOf, type Hyperparameters } from './hyperparameters.js';
import { Posterior } from './posterior.js';
import type { Trend } from './trend.js';
import { warp } from './warp.js';

/** What stands in for an objective or a constraint. */
export interface Surrogate {
  readonly posterior: Posterior;
  readonly theta: Hyperparameters;
}

/** What was observed of it. */
export interface Observed {
  readonly features: Features;
  readonly trend: Trend;
  readonly points: readonly Float64Array[];
  /** Per point. Losses are given above the least of them, and bent; values of a constraint are taken as they are. */
  readonly gaps: Float64Array;
  readonly bends: boolean;
  /** Where trials are in flight. */
  readonly running: readonly Float64Array[];
}

/**
 * A Gaussian process, fitted to what was observed. Trials in flight are believed to end as expected: that leaves the mean
 * as it is and takes away the uncertainty, so that the next suggestion goes elsewhere.
 * @see Ginsbourger, Le Riche and Carraro 2010, "Kriging is well-suited to parallelize optimization" (Kriging believer)
 * @param known hyperparameters of an earlier suggestion
 * @param round counts the fits of this kind
 */
export function surrogateOf(observed: Observed, known: Hyperparameters | undefined, round: number): Surrogate {
  const { features, trend, points, gaps, bends, running } = observed;
  const design = designOf(features, points);
  const theta = fitHyperparameters({ design, trend, gaps, bends }, known, round);
  const z = new Float64Array(gaps.length);
  warp(gaps, bendOf(theta, features.count), z, new Float64Array(gaps.length));
  const posterior = new Posterior(design, trend, theta, z);
  if (running.length === 0) return { posterior, theta };
  const believed = Float64Array.from([...z, ...running.map((point) => meanAt(posterior, features, point))]);
  const extended = designOf(features, [...points, ...running]);
  return { posterior: new Posterior(extended, trend, theta, believed, posterior.precision), theta };
}

export function meanAt(posterior: Posterior, features: Features, point: Float64Array): number {
  const f = new Float64Array(features.count);
  features.write(point, f);
  posterior.moveTo(f);
  return posterior.mean;
}
