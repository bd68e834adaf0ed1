import type { ColumnStatistics, Dataset, SplitName } from '@assay/preprocessing';
import type { Chunk } from './engine.js';
import type { ShardedData } from './fit-incremental.js';
import type { Standardization } from './input-description.js';
import { TrainingError } from './training-error.js';

/**
 * A prepared dataset as `fitIncremental` takes it: training shards read when they are needed, validation rows at once.
 * @throws {TrainingError} `BAD_DATA` when a split is empty
 */
export async function shardedData(dataset: Dataset): Promise<ShardedData> {
  const shardCount = dataset.manifest.splits.train.shards.length;
  if (shardCount === 0) throw new TrainingError('BAD_DATA', 'the dataset has no training rows');
  return {
    shardCount,
    readShard: (index) => dataset.readShard('train', index),
    validation: await wholeSplit(dataset, 'validation'),
  };
}

/**
 * All rows of a split in one chunk.
 * @throws {TrainingError} `BAD_DATA` when it is empty
 */
export async function wholeSplit(dataset: Dataset, split: SplitName): Promise<Chunk> {
  const { rows, shards } = dataset.manifest.splits[split];
  if (rows === 0) throw new TrainingError('BAD_DATA', `the dataset has no ${split} rows`);
  if (shards.length === 1) return dataset.readShard(split, 0);
  const width = dataset.manifest.features.length;
  const whole = { rows, x: new Float32Array(rows * width), y: new Float32Array(rows) };
  let row = 0;
  for (let index = 0; index < shards.length; index++) {
    const shard = await dataset.readShard(split, index);
    whole.x.set(shard.x, row * width);
    whole.y.set(shard.y, row);
    row += shard.rows;
  }
  return whole;
}

/**
 * Standardization of a `values` block by the training rows' statistics; a column that never changes is only centred.
 * @param columns the columns in use
 */
export function standardizationOf(
  statistics: readonly Pick<ColumnStatistics, 'mean' | 'std'>[],
  columns: readonly number[],
): Standardization {
  return standardization(columns.map((column) => statistics[column]!));
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
