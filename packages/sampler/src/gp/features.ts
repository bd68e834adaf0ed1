import { type Axis, cellIndex } from '../axis.js';

/** Configurations as the kernel sees them: one number per parameter that can vary. */
export interface Features {
  readonly count: number;
  /** 1 for categories, which are equal or not; the others lie in [0, 1] and have distances. */
  readonly isCategory: Uint8Array;
  /** Which axis a feature belongs to. */
  readonly axisOf: Int32Array;
  /** Writes the features of a point (model units, NaN where inactive). */
  write(point: Float64Array, out: Float64Array): void;
}

/** What stands for a category that is not there: equal to itself, different from every category. */
const NO_CATEGORY = -1;

/**
 * The flat union of all parameters. A number is scaled to the unit interval in model units (discrete values by the middle
 * of their cell), a category is its position. A parameter that is inactive or missing counts as the middle of its range,
 * which leaves the kernel of two configurations of one branch to the parameters of that branch; what tells branches apart
 * is the parent's own difference.
 * @see Levesque, Durand, Gagne and Sabourin 2017, "Bayesian optimization for conditional hyperparameter spaces" (the
 *   imputation). The arc kernel of Swersky et al. 2014 (arXiv:1409.4011) and a length-scale for being active were no
 *   better on 14 generated conditional problems (GP.md).
 */
export function featuresOf(axes: readonly Axis[]): Features {
  const axisOf = Int32Array.from(axes.keys()).filter((d) => axes[d]!.cells > 1);
  return {
    count: axisOf.length,
    isCategory: Uint8Array.from(axisOf, (d) => (axes[d]!.unordered ? 1 : 0)),
    axisOf,
    write: (point, out) => {
      for (let f = 0; f < axisOf.length; f++) out[f] = featureOf(axes[axisOf[f]!]!, point[axisOf[f]!]!);
    },
  };
}

function featureOf(axis: Axis, coordinate: number): number {
  if (axis.unordered) return Number.isNaN(coordinate) ? NO_CATEGORY : cellIndex(axis, coordinate);
  return Number.isNaN(coordinate) ? 0.5 : (coordinate - axis.low) / (axis.high - axis.low);
}

/** The features of n points, feature by feature: value i of feature f is at f * n + i. */
export interface Design {
  readonly n: number;
  readonly features: Features;
  readonly columns: Float64Array;
}

export function designOf(features: Features, points: readonly Float64Array[]): Design {
  const n = points.length;
  const columns = new Float64Array(n * features.count);
  const row = new Float64Array(features.count);
  points.forEach((point, i) => {
    features.write(point, row);
    for (let f = 0; f < row.length; f++) columns[f * n + i] = row[f]!;
  });
  return { n, features, columns };
}

/** Squared distances of one feature from a value to the first `count` points, times a weight, added to `sums`. */
export function addSquares(
  { n, features, columns }: Design,
  feature: number,
  value: number,
  weight: number,
  sums: Float64Array,
  count: number,
): void {
  const start = feature * n;
  if (features.isCategory[feature] === 1) {
    for (let i = 0; i < count; i++) if (columns[start + i] !== value) sums[i]! += weight;
    return;
  }
  for (let i = 0; i < count; i++) {
    const gap = value - columns[start + i]!;
    sums[i]! += weight * gap * gap;
  }
}
