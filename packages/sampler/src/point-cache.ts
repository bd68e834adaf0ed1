import type { ParamValues, SearchSpace } from '@assay/space';
import { type Axis, axesOf, pointOf } from './axis.js';

/** A space's axes, and the points of configurations in it, worked out once for each object. */
export interface PointCache {
  readonly axes: readonly Axis[];
  pointOf(params: ParamValues): Float64Array;
}

const caches = new WeakMap<SearchSpace, PointCache>();

/** A speed-up alone: spaces and configurations are immutable, so what is remembered is what would be worked out again. */
export function pointCache(space: SearchSpace): PointCache {
  const known = caches.get(space);
  if (known !== undefined) return known;
  const axes = axesOf(space);
  const points = new WeakMap<ParamValues, Float64Array>();
  const cache: PointCache = {
    axes,
    pointOf: (params) => {
      const point = points.get(params) ?? pointOf(axes, params);
      points.set(params, point);
      return point;
    },
  };
  caches.set(space, cache);
  return cache;
}
