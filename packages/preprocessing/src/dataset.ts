import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, readManifest } from './manifest.js';
import { isMissingFile } from './missing-file.js';
import { readNpy } from './npy-file.js';
import { PreprocessingError } from './preprocessing-error.js';
import { unreadable } from './regular-file.js';
import { SPLIT_NAMES, type SplitName } from './split-rule.js';

/** Rows to train or score on. */
export interface Shard {
  readonly rows: number;
  /** Row-major, rows x features. */
  readonly x: Float32Array;
  /** One label a row. */
  readonly y: Float32Array;
}

/** A prepared table, on disk or in shared memory. */
export interface Dataset {
  readonly manifest: Manifest;
  /**
   * @param index 0 .. manifest.splits[split].shards.length - 1
   * @throws {PreprocessingError} BAD_OPTION for another index; DATASET_NOT_FOUND, DATASET_DAMAGED
   */
  readShard(split: SplitName, index: number): Promise<Shard>;
}

/**
 * Opens a dataset that {@link prepareTable} wrote.
 * @throws {PreprocessingError} DATASET_NOT_FOUND, DATASET_DAMAGED
 */
export async function openDataset(dir: string): Promise<Dataset> {
  const manifest = await readManifest(dir);
  await verifyFiles(dir, manifest);
  return { manifest, readShard: (split, index) => readShard(dir, manifest, split, index) };
}

/**
 * Checks that every shard is there with its size (not its checksum, which would read everything).
 * @throws {PreprocessingError} DATASET_DAMAGED, FILE_UNREADABLE
 */
export async function verifyFiles(dir: string, manifest: Manifest): Promise<void> {
  const files = SPLIT_NAMES.flatMap((name) => manifest.splits[name].shards.flatMap(({ x, y }) => [x, y]));
  for (const { file, bytes } of files) {
    const path = join(dir, file);
    const size = await sizeOf(path);
    if (size === bytes) continue;
    throw new PreprocessingError(
      'DATASET_DAMAGED',
      size === undefined ? 'the file is gone' : `the file has ${size} bytes`,
      {
        file: path,
        expected: `${bytes} bytes`,
        hint: `Delete ${dir} and prepare the data again`,
      },
    );
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw unreadable(file, error);
  }
}

async function readShard(dir: string, manifest: Manifest, split: SplitName, index: number): Promise<Shard> {
  const shard = manifest.splits[split].shards[index];
  if (shard === undefined) {
    throw new PreprocessingError('BAD_OPTION', `there is no ${split} shard ${index}`, {
      file: dir,
      expected: `0 to ${manifest.splits[split].shards.length - 1}`,
    });
  }
  const x = await readNpy(join(dir, shard.x.file));
  const y = await readNpy(join(dir, shard.y.file));
  return { rows: shard.rows, x: x.values, y: y.values };
}
