import { cardinality, type ParamValues, type SearchSpace } from '@assay/space';
import { type Axis, fillActive, pointOf, valueAtUnit } from '../axis.js';
import { finiteValues } from '../grid/finite-values.js';
import { buildGrid } from '../grid/grid.js';
import { randomPermutation } from '../grid/permutation.js';
import type { Rng } from '../rng.js';

const RANDOM_ATTEMPTS = 100;

/** What has been tried, so that nothing is tried twice where values are discrete. */
export interface TriedPoints {
  has(point: Float64Array): boolean;
  /** A random configuration that has not been tried, or null when the space is finite and all have. */
  untried(rng: Rng): ParamValues | null;
}

/** @param points the points of the finished and the running trials */
export function triedPoints(space: SearchSpace, axes: readonly Axis[], points: readonly Float64Array[]): TriedPoints {
  const has = (point: Float64Array): boolean => points.some((tried) => samePoint(tried, point));
  return {
    has,
    untried: (rng) => {
      const randoms = rng.fork(0);
      for (let attempt = 0; attempt < RANDOM_ATTEMPTS; attempt++) {
        const params = fillActive(axes, (axis) => valueAtUnit(axis, randoms.next()));
        if (!has(pointOf(axes, params))) return params;
      }
      return untriedOfFew(space, axes, points, rng.fork(1));
    },
  };
}

/** For a space that is nearly used up, hence hardly larger than the number of points: looks at all of it. */
function untriedOfFew(
  space: SearchSpace,
  axes: readonly Axis[],
  points: readonly Float64Array[],
  rng: Rng,
): ParamValues | null {
  if (space.some(({ distribution }) => cardinality(distribution) === Infinity)) {
    return fillActive(axes, (axis, d) => valueAtUnit(axis, rng.fork(d).next()));
  }
  const tried = new Set(points.map(String));
  const grid = buildGrid(space, ({ distribution }) => finiteValues(distribution));
  const order = randomPermutation(grid.size, rng);
  for (let i = 0; i < grid.size; i++) {
    const params = grid.at(order(i));
    if (!tried.has(String(pointOf(axes, params)))) return params;
  }
  return null;
}

/** Equal in every coordinate; NaN equals NaN. */
function samePoint(a: Float64Array, b: Float64Array): boolean {
  for (let d = 0; d < a.length; d++) if (!Object.is(a[d], b[d])) return false;
  return true;
}
