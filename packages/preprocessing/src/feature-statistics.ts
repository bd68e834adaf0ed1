import type { StoredColumn } from './recipe/feature.js';
import { type ColumnStatistics, RunningStatistics } from './running-statistics.js';

/** What the training rows hold in one stored column. */
export type FeatureStatistics =
  | ({ readonly kind: 'number' } & ColumnStatistics)
  /** Rows of each category, in the order of their index, and rows of none (-1). */
  | { readonly kind: 'category'; readonly counts: readonly number[]; readonly none: number };

/** Follows one stored column through the training rows. */
export interface FeatureTally {
  /** Adds the column's values from a row-major matrix: values[start], values[start + stride], ... */
  add(x: Float32Array, start: number, stride: number): void;
  result(): FeatureStatistics;
}

export function featureTally({ categories }: StoredColumn): FeatureTally {
  return categories === null ? numberTally() : categoryTally(categories.length);
}

function numberTally(): FeatureTally {
  const statistics = new RunningStatistics();
  return {
    add: (x, start, stride) => statistics.add(x, start, stride),
    result: () => ({ kind: 'number', ...statistics.result() }),
  };
}

function categoryTally(size: number): FeatureTally {
  const counts = new Float64Array(size + 1); // the first for none
  return {
    add: (x, start, stride) => {
      for (let i = start; i < x.length; i += stride) counts[x[i]! + 1]!++;
    },
    result: () => ({ kind: 'category', counts: [...counts.subarray(1)], none: counts[0]! }),
  };
}
