import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShardEntry, ShardFile, SplitEntry } from './manifest.js';
import { npyHeader } from './npy-header.js';
import type { SplitName } from './split-rule.js';

/** Shards cut at a time: their waits for the disk overlap, and the disk holds no more than these twice. */
const CUT_TOGETHER = 8;

/**
 * Collects the rows of one split and cuts them into shards of equal size. The size is known only when the last row is, so rows
 * first go to two spool files; the shards are then cut off their end, a few at a time, so the disk never holds two copies of them all.
 */
export class ShardWriter {
  readonly #dir: string;
  readonly #split: SplitName;
  readonly #features: number;
  readonly #x: FileHandle;
  readonly #y: FileHandle;
  #rows = 0;

  private constructor(dir: string, split: SplitName, features: number, x: FileHandle, y: FileHandle) {
    this.#dir = dir;
    this.#split = split;
    this.#features = features;
    this.#x = x;
    this.#y = y;
  }

  static async open(dir: string, split: SplitName, features: number): Promise<ShardWriter> {
    const x = await open(join(dir, `${split}.x.spool`), 'wx+');
    const y = await open(join(dir, `${split}.y.spool`), 'wx+');
    return new ShardWriter(dir, split, features, x, y);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Appends rows: `x` row-major, `y` one value a row. */
  async append(x: Float32Array, y: Float32Array): Promise<void> {
    await both(
      writeFully(this.#x, bytesOf(x), this.#rows * this.#features * 4),
      writeFully(this.#y, bytesOf(y), this.#rows * 4),
    );
    this.#rows += y.length;
  }

  /** Writes the last rows into two files of bare float32. */
  async copyLast(rows: number, xFile: string, yFile: string): Promise<void> {
    const from = this.#rows - rows;
    await copyValues(this.#x, from * this.#features, rows * this.#features, xFile);
    await copyValues(this.#y, from, rows, yFile);
  }

  /** Cuts the shards: as few as fit `shardRows` rows each, their sizes differing by one row at most. */
  async finish(shardRows: number, signal?: AbortSignal): Promise<SplitEntry> {
    const sizes = shardSizes(this.#rows, shardRows);
    const shards: ShardEntry[] = [];
    for (let last = sizes.length, end = this.#rows; last > 0; ) {
      signal?.throwIfAborted();
      const first = Math.max(0, last - CUT_TOGETHER);
      const cuts: Promise<ShardEntry>[] = [];
      for (let index = last - 1; index >= first; index--) {
        end -= sizes[index]!;
        cuts.unshift(this.#shard(index, sizes[index]!, end));
      }
      shards.unshift(...(await allOf(cuts)));
      await both(this.#x.truncate(end * this.#features * 4), this.#y.truncate(end * 4));
      last = first;
    }
    await this.close();
    await rm(join(this.#dir, `${this.#split}.x.spool`));
    await rm(join(this.#dir, `${this.#split}.y.spool`));
    return { rows: this.#rows, shards };
  }

  async close(): Promise<void> {
    await this.#x.close();
    await this.#y.close();
  }

  /** @param start the shard's first row in the spools */
  async #shard(index: number, rows: number, start: number): Promise<ShardEntry> {
    const name = `${this.#split}-${String(index).padStart(5, '0')}`;
    const [x, y] = await both(
      this.#cut(this.#x, `${name}.x.npy`, [rows, this.#features], start * this.#features),
      this.#cut(this.#y, `${name}.y.npy`, [rows], start),
    );
    return { rows, x, y };
  }

  /** Copies values from `start` (counted in values) of a spool into a file of their own. */
  async #cut(spool: FileHandle, file: string, shape: readonly number[], start: number): Promise<ShardFile> {
    const header = npyHeader(shape);
    const count = shape.reduce((product, length) => product * length, 1);
    const bytes = Buffer.allocUnsafe(header.length + count * 4);
    header.copy(bytes);
    await readFully(spool, bytes.subarray(header.length), start * 4);
    const handle = await open(join(this.#dir, file), 'wx');
    try {
      await writeFully(handle, bytes, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
}

/** Waits for all, also when one fails: nothing may go on writing in a folder that is about to be removed. */
export async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** {@link allOf} for two of different types. */
async function both<T>(first: Promise<T>, second: Promise<T>): Promise<[T, T]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

/** Sizes of the shards, in order: as few as possible, the larger ones first. */
export function shardSizes(rows: number, shardRows: number): number[] {
  const shards = Math.ceil(rows / shardRows);
  const smaller = Math.floor(rows / shards);
  return Array.from({ length: shards }, (_, i) => (i < rows - smaller * shards ? smaller + 1 : smaller));
}

const COPY_BYTES = 4 * 2 ** 20;

/** Copies values (not moving them) from `start` on, counted in values, into a new file. */
async function copyValues(spool: FileHandle, start: number, count: number, file: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    const block = Buffer.allocUnsafe(Math.min(COPY_BYTES, count * 4));
    for (let at = 0; at < count * 4; at += block.length) {
      const bytes = block.subarray(0, Math.min(block.length, count * 4 - at));
      await readFully(spool, bytes, start * 4 + at);
      await writeFully(handle, bytes, at);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at);
    at += bytesWritten;
  }
}

async function readFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, position + at);
    if (bytesRead === 0) throw new Error('spool file ended early');
    at += bytesRead;
  }
}
