import { createRandom, type Dataset, type SplitName } from '@assay/preprocessing';
import type { Chunk, RowShards, ShardedData } from '@assay/training';

/** One of k trainings: on the rows of all folds but one, validated on that one. */
export interface Fold {
  readonly data: ShardedData;
  /** Rows of each training shard. */
  readonly shardRows: readonly number[];
}

/** Any seed: which rows fall together is the same for every trial and every repetition. */
const FOLD_SEED = 1;

/**
 * Cuts a dataset's training and validation rows together into folds, whose sizes differ by one row at most. All rows are held in
 * memory, and those of the fold in hand a second time: for small tables.
 */
export async function foldsOf(dataset: Dataset, folds: number): Promise<(fold: number) => Fold> {
  const { features, shardRows, splits } = dataset.manifest;
  const all = await joined(dataset, features.length);
  const foldOf = foldNumbers(splits.train.rows + splits.validation.rows, folds);
  const rowsWhere = (isIn: (fold: number) => boolean): Int32Array =>
    Int32Array.from(foldOf.keys()).filter((row) => isIn(foldOf[row]!));
  return (fold) => {
    const training = shardsOf(
      all,
      rowsWhere((other) => other !== fold),
      shardRows,
    );
    const validation = shardsOf(
      all,
      rowsWhere((other) => other === fold),
      shardRows,
    );
    const sizes = training.map(({ rows }) => rows);
    return { data: { ...readable(training), validation: readable(validation) }, shardRows: sizes };
  };
}

/** The fold of each row, shuffled so that no order of the rows is an order of the folds. */
export function foldNumbers(rows: number, folds: number): Uint16Array {
  const numbers = Uint16Array.from({ length: rows }, (_, row) => row % folds);
  const random = createRandom(FOLD_SEED);
  for (let row = rows - 1; row > 0; row--) {
    const other = Math.floor(random() * (row + 1)); // Fisher and Yates
    [numbers[row], numbers[other]] = [numbers[other]!, numbers[row]!];
  }
  return numbers;
}

async function joined({ manifest, readShard }: Dataset, width: number): Promise<Chunk> {
  const { train, validation } = manifest.splits;
  const rows = train.rows + validation.rows;
  const all = { rows, x: new Float32Array(rows * width), y: new Float32Array(rows) };
  let row = 0;
  for (const split of ['train', 'validation'] satisfies SplitName[]) {
    for (const index of manifest.splits[split].shards.keys()) {
      const shard = await readShard(split, index);
      all.x.set(shard.x, row * width);
      all.y.set(shard.y, row);
      row += shard.rows;
    }
  }
  return all;
}

/** Some rows in as few chunks as fit `shardRows` rows each. */
function shardsOf(all: Chunk, rows: Int32Array, shardRows: number): Chunk[] {
  const width = all.x.length / all.rows;
  const size = Math.ceil(rows.length / Math.ceil(rows.length / shardRows));
  const shards: Chunk[] = [];
  for (let from = 0; from < rows.length; from += size) {
    const taken = rows.subarray(from, from + size);
    const shard = { rows: taken.length, x: new Float32Array(taken.length * width), y: new Float32Array(taken.length) };
    taken.forEach((row, at) => {
      shard.x.set(all.x.subarray(row * width, (row + 1) * width), at * width);
      shard.y[at] = all.y[row]!;
    });
    shards.push(shard);
  }
  return shards;
}

function readable(shards: readonly Chunk[]): RowShards {
  return { shardCount: shards.length, readShard: async (index) => shards[index]! };
}
