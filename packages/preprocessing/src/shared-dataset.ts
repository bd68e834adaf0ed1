import { join } from 'node:path';
import type { Dataset, Shard } from './dataset.js';
import { type Manifest, readManifest } from './manifest.js';
import { readNpy } from './npy-file.js';
import { PreprocessingError } from './preprocessing-error.js';
import type { SplitName } from './split-rule.js';

/** A shard in shared memory: plain data that crosses threads without a copy. The arrays are views on SharedArrayBuffers. */
export interface SharedShard {
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Splits of a dataset in shared memory. Give it to workers as it is (workerData or a message) and open it there. */
export interface SharedDataset {
  readonly manifest: Manifest;
  readonly splits: Readonly<Partial<Record<SplitName, readonly SharedShard[]>>>;
}

/** Bytes that the rows of some splits take in memory. */
export function datasetBytes(manifest: Manifest, splits: readonly SplitName[]): number {
  return splits.reduce((sum, split) => sum + manifest.splits[split].rows * manifest.rowBytes, 0);
}

/**
 * Reads splits into shared memory once, for all workers. Whether they fit is the caller's to decide: {@link datasetBytes}.
 * @throws {PreprocessingError} DATASET_NOT_FOUND, DATASET_DAMAGED
 */
export async function loadShared(dir: string, splits: readonly SplitName[]): Promise<SharedDataset> {
  const manifest = await readManifest(dir);
  const loaded: Partial<Record<SplitName, readonly SharedShard[]>> = {};
  for (const split of splits) {
    const shards: SharedShard[] = [];
    for (const { rows, x, y } of manifest.splits[split].shards) {
      shards.push({ rows, x: await readShared(join(dir, x.file)), y: await readShared(join(dir, y.file)) });
    }
    loaded[split] = shards;
  }
  return { manifest, splits: loaded };
}

async function readShared(file: string): Promise<Float32Array> {
  return (await readNpy(file, (bytes) => new SharedArrayBuffer(bytes))).values;
}

/** The same interface as a dataset on disk. Its arrays are shared: read them, never write. */
export function openShared({ manifest, splits }: SharedDataset): Dataset {
  return {
    manifest,
    async readShard(split, index): Promise<Shard> {
      const shard = splits[split]?.[index];
      if (shard === undefined)
        throw new PreprocessingError('BAD_OPTION', `there is no ${split} shard ${index} in shared memory`);
      return shard;
    },
  };
}
