import type { FeatureStatistics } from './feature-statistics.js';
import type { StoredColumn } from './recipe/feature.js';
import type { ColumnStatistics } from './running-statistics.js';

/** Names of the columns with every category spelled out as a column of its own: `<column>_<category>`. */
export function expandedNames(columns: readonly StoredColumn[]): readonly string[] {
  return columns.flatMap(({ name, categories }) => categories?.map((category) => `${name}_${category}`) ?? [name]);
}

/**
 * Spells out categories: an index becomes 1 in its column and 0 in the others, -1 becomes 0 in all.
 * @param x rows x columns, row-major, as it is stored
 * @returns rows x {@link expandedNames}, row-major
 */
export function expandRows(columns: readonly StoredColumn[], x: Float32Array): Float32Array {
  const widths = columns.map(({ categories }) => categories?.length ?? 1);
  const rows = x.length / columns.length;
  const expanded = new Float32Array(rows * widths.reduce((sum, width) => sum + width, 0));
  for (let row = 0, to = 0; row < rows; row++) {
    for (let c = 0; c < columns.length; to += widths[c++]!) {
      const value = x[row * columns.length + c]!;
      if (columns[c]!.categories === null) expanded[to] = value;
      else if (value >= 0) expanded[to + value] = 1;
    }
  }
  return expanded;
}

/** Statistics of the expanded columns: of a category's column, which holds 0 and 1, they follow from its rows. */
export function expandedStatistics(statistics: readonly FeatureStatistics[]): readonly ColumnStatistics[] {
  return statistics.flatMap((column) => {
    if (column.kind === 'number') return [{ mean: column.mean, std: column.std, min: column.min, max: column.max }];
    const rows = column.counts.reduce((sum, count) => sum + count, column.none);
    return column.counts.map((count) => {
      const mean = count / rows;
      return { mean, std: Math.sqrt(mean * (1 - mean)), min: count < rows ? 0 : 1, max: count > 0 ? 1 : 0 };
    });
  });
}
