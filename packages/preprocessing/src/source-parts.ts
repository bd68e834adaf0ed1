import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { dataVersion } from './cache-key.js';
import type { MalformedRow } from './chunk-reader.js';
import type { InputFile } from './input-file.js';
import type { SourceEntry } from './manifest.js';
import { isMissingFile } from './missing-file.js';
import type { Learned } from './recipe/feature-set.js';
import { unreadable } from './regular-file.js';
import type { ShardWriter } from './shard-writer.js';
import { SPLIT_NAMES, type SplitName } from './split-rule.js';
import type { TableRecipe } from './table-recipe.js';

/** What became of one file's rows in a build. */
export interface SourcePart {
  readonly source: SourceEntry;
  readonly rejects: readonly MalformedRow[];
}

/** Rows of a part, as many as were asked for at most. */
export interface PartRows {
  readonly split: SplitName;
  /** Row-major, rows x stored columns. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

const PART_FILE = 'part.json';
/** Parts that no build has used for a week are in the way. */
const KEPT_MS = 7 * 86_400_000;

/**
 * Keeps the cleaned rows of single files beside the prepared datasets, so that a build in which one of many files has changed
 * reads that one only. A part's name is the hash of all that decides its rows: the file's content and role, the recipe, what it
 * learned, and the reader.
 */
export class SourceParts {
  readonly #dir: string;
  readonly #made: { readonly recipe: TableRecipe; readonly learned: Learned; readonly dialect: string };
  readonly #width: number;

  constructor(dir: string, made: { recipe: TableRecipe; learned: Learned; dialect: string }, width: number) {
    this.#dir = dir;
    this.#made = made;
    this.#width = width;
  }

  /** The part of a file as it is now, if there is a whole one. */
  async find(input: InputFile): Promise<SourcePart | undefined> {
    const dir = this.#dirOf(input);
    try {
      const part = JSON.parse(await readFile(join(dir, PART_FILE), 'utf8')) as SourcePart;
      for (const split of SPLIT_NAMES) {
        const [x, y] = [await stat(join(dir, `${split}.x`)), await stat(join(dir, `${split}.y`))];
        const rows = part.source.kept[split];
        if (x.size !== rows * this.#width * 4 || y.size !== rows * 4) return undefined;
      }
      const now = new Date();
      await utimes(dir, now, now);
      return { ...part, source: { ...part.source, name: input.name } };
    } catch {
      return undefined; // only a cache: what is gone or damaged is made again
    }
  }

  /** The rows of a part that was found, split by split in their order. */
  async *rows(input: InputFile, { source }: SourcePart, atMost: number): AsyncGenerator<PartRows> {
    for (const split of SPLIT_NAMES) {
      const dir = this.#dirOf(input);
      const [xFile, yFile] = [await open(join(dir, `${split}.x`)), await open(join(dir, `${split}.y`))];
      try {
        for (let row = 0; row < source.kept[split]; row += atMost) {
          const rows = Math.min(atMost, source.kept[split] - row);
          const x = await readFloats(xFile, row * this.#width, rows * this.#width);
          yield { split, x, y: await readFloats(yFile, row, rows) };
        }
      } finally {
        await xFile.close();
        await yFile.close();
      }
    }
  }

  /**
   * Keeps what was just read of a file.
   * @param workDir folder of the build, in which the part is put together
   * @param writers whose last rows are the file's
   */
  async keep(
    input: InputFile,
    part: SourcePart,
    workDir: string,
    writers: Readonly<Record<SplitName, ShardWriter>>,
  ): Promise<void> {
    const dir = join(workDir, 'part');
    await mkdir(dir);
    for (const split of SPLIT_NAMES)
      await writers[split].copyLast(part.source.kept[split], join(dir, `${split}.x`), join(dir, `${split}.y`));
    await writeFile(join(dir, PART_FILE), JSON.stringify(part), { flush: true });
    await mkdir(this.#dir, { recursive: true });
    await rm(this.#dirOf(input), { recursive: true, force: true });
    await rename(dir, this.#dirOf(input)).catch(async (error: unknown) => {
      if (!isTaken(error)) throw error;
      await rm(dir, { recursive: true }); // another process was faster
    });
  }

  #dirOf({ role, sha256, name }: InputFile): string {
    const made = { ...this.#made, version: dataVersion(this.#made.recipe), role, sha256, format: extname(name) };
    const key = createHash('sha256').update(JSON.stringify(made)).digest('hex');
    return join(this.#dir, `${this.#made.recipe.name}-${key.slice(0, 32)}`);
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
}

/**
 * Removes parts, and what was learned, that no build has used for a week.
 * @throws {PreprocessingError} FILE_UNREADABLE
 */
export async function removeOldParts(dir: string): Promise<void> {
  for (const name of (await ifThere(dir, readdir(dir))) ?? []) {
    const part = join(dir, name);
    const found = await ifThere(part, stat(part)); // another process may be removing it
    if (found !== undefined && Date.now() - found.mtimeMs > KEPT_MS) await rm(part, { recursive: true, force: true });
  }
}

async function ifThere<T>(file: string, looked: Promise<T>): Promise<T | undefined> {
  return looked.catch((cause: unknown) => {
    if (isMissingFile(cause)) return undefined;
    throw unreadable(file, cause);
  });
}

async function readFloats(file: FileHandle, start: number, count: number): Promise<Float32Array> {
  const values = new Float32Array(count);
  const bytes = new Uint8Array(values.buffer);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, start * 4 + at);
    if (bytesRead === 0) throw new Error('part ended early');
    at += bytesRead;
  }
  return values;
}
