import type { ColumnStatistics, Dataset, FeatureStatistics, SplitName } from '@assay/preprocessing';
import type { ShardedData } from './fit-incremental.js';
import type { Standardization } from './input-description.js';
import type { RowShards } from './score-rows.js';
import { TrainingError } from './training-error.js';

/**
 * A prepared dataset as `fitIncremental` takes it: shards are read when they are needed.
 * @throws {TrainingError} `BAD_DATA` when there are no training or no validation rows
 */
export function shardedData(dataset: Dataset): ShardedData {
  return { ...splitShards(dataset, 'train'), validation: splitShards(dataset, 'validation') };
}

/**
 * A split of a prepared dataset.
 * @throws {TrainingError} `BAD_DATA` when it is empty
 */
export function splitShards(dataset: Dataset, split: SplitName): RowShards {
  const shardCount = dataset.manifest.splits[split].shards.length;
  if (shardCount === 0) throw new TrainingError('BAD_DATA', `the dataset has no ${split} rows`);
  return { shardCount, readShard: (index) => dataset.readShard(split, index) };
}

/**
 * Standardization of a `values` block by the training rows' statistics; a column that never changes is only centred.
 * @param columns the columns in use
 * @throws {TrainingError} `BAD_MODEL` for a column that holds a category
 */
export function standardizationOf(
  statistics: readonly FeatureStatistics[],
  columns: readonly number[],
): Standardization {
  return standardization(columns.map((column) => numberStatistics(statistics[column]!, column)));
}

function numberStatistics(statistics: FeatureStatistics, column: number): ColumnStatistics {
  if (statistics.kind === 'number') return statistics;
  throw new TrainingError('BAD_MODEL', `column ${column} holds a category, which has no mean`);
}

/**
 * Standardization of a `oneHot` block by the training rows' counts: a category in a share p of the rows has the mean p and
 * the deviation sqrt(p (1 - p)).
 * @param counts rows of each category
 * @param rows all of them, with those of no category
 */
export function oneHotStandardization(counts: readonly number[], rows: number): Standardization {
  const shares = counts.map((count) => count / rows);
  return standardization(shares.map((mean) => ({ mean, std: Math.sqrt(mean * (1 - mean)) })));
}

function standardization(columns: readonly Pick<ColumnStatistics, 'mean' | 'std'>[]): Standardization {
  return {
    mean: columns.map(({ mean }) => mean),
    deviation: columns.map(({ std }) => (std > 0 ? std : 1)),
  };
}
