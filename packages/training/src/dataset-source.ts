import type { ColumnStatistics, Dataset, SplitName } from '@assay/preprocessing';
import type { Chunk } from './engine.js';
import type { ShardedData } from './fit-incremental.js';
import type { Standardization } from './model-description.js';
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
 * Standardization by the training rows' statistics; a column that never changes is only centred.
 * @param columns the columns in use, null for all
 */
export function standardizationOf(
  statistics: readonly Pick<ColumnStatistics, 'mean' | 'std'>[],
  columns: readonly number[] | null,
): Standardization {
  const used = columns === null ? statistics : columns.map((column) => statistics[column]!);
  return {
    mean: used.map(({ mean }) => mean),
    deviation: used.map(({ std }) => (std > 0 ? std : 1)),
  };
}
