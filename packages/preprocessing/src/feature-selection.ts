import { PreprocessingError } from './preprocessing-error.js';
import type { FeatureGroup } from './recipe/feature-set.js';

/**
 * The feature columns that stay when some groups are switched off, ascending.
 * @throws {PreprocessingError} BAD_OPTION for a group that does not exist, or when nothing stays
 */
export function featureColumnsWithout(groups: readonly FeatureGroup[], off: readonly string[]): readonly number[] {
  const unknown = off.find((name) => !groups.some((group) => group.name === name));
  const expected = `some of ${groups.map(({ name }) => name).join(', ')}`;
  if (unknown !== undefined)
    throw new PreprocessingError('BAD_OPTION', `there is no feature group ${JSON.stringify(unknown)}`, { expected });
  const columns = groups
    .filter(({ name }) => !off.includes(name))
    .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
  if (columns.length === 0)
    throw new PreprocessingError('BAD_OPTION', 'every feature group is switched off', {
      expected: 'one group at least',
    });
  return columns;
}

/**
 * Copies some columns of a row-major matrix.
 * @param x rows x features
 * @param columns indices below `features`, in the order wanted
 * @returns rows x columns.length, row-major
 */
export function selectColumns(x: Float32Array, features: number, columns: readonly number[]): Float32Array {
  const rows = x.length / features;
  const selected = new Float32Array(rows * columns.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (const column of columns) selected[at++] = x[row * features + column]!;
  }
  return selected;
}
