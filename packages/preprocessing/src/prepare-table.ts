import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assertFewBad } from './build-checks.js';
import { type BuildPlan, buildDataset } from './build-dataset.js';
import { cacheKey } from './cache-key.js';
import { chooseReader, type ReaderChoice } from './choose-reader.js';
import type { ChunkReader } from './chunk-reader.js';
import { chunkRowsFor } from './chunk-rows.js';
import { verifyFiles } from './dataset.js';
import { describeInputs, type InputFile } from './input-file.js';
import { matchingFiles } from './input-pattern.js';
import { type Manifest, REJECTS_FILE, readManifest } from './manifest.js';
import { PreprocessingError } from './preprocessing-error.js';
import { checkRecipe } from './recipe/check-recipe.js';
import type { Learned } from './recipe/feature-set.js';
import { removeOldParts } from './source-parts.js';
import { type SourceRole, type SplitName, splitBeside } from './split-rule.js';
import { removeStaleFolders, workFolderName } from './stale-folders.js';
import type { TableRecipe } from './table-recipe.js';

export interface PrepareOptions {
  readonly recipe: TableRecipe;
  /**
   * Files with training rows (and, by the recipe's split, validation and test rows), read in this order. `*` and `?` stand for any
   * part of a name; an address is read where DuckDB can.
   */
  readonly train: string | readonly string[];
  /** Files with validation rows (and, by the recipe's split, test rows). */
  readonly validation?: string | readonly string[];
  /** Files all of whose rows are test rows. */
  readonly test?: string | readonly string[];
  /** Folder for prepared datasets; each goes into a folder of its own there, named after what it was made from. */
  readonly outDir: string;
  /** Most rows a shard may have. */
  readonly shardRows?: number;
  /** Rows in memory at a time. Changes nothing in the result. */
  readonly chunkRows?: number;
  /** Largest share of malformed rows that a file may have, 0 to 1. */
  readonly maxBad?: number;
  /**
   * What the recipe learned from other rows, which these are then prepared by: for rows that a model trained on the others is to
   * see. Default: it is learned from the training rows here.
   */
  readonly learned?: Learned;
  /** Default: `auto`, which picks by kind and size of the files. */
  readonly reader?: ReaderChoice | ChunkReader;
  readonly onProgress?: (progress: PrepareProgress) => void;
  /** Aborting rejects with the signal's reason and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

/** Called after every chunk. Divide rows or bytes by your own clock for a rate. */
export interface PrepareProgress {
  /** `learning`: a first pass over the training files, for recipes that learn from them. */
  readonly phase: 'hashing' | 'learning' | 'reading' | 'sharding';
  /** Bytes of the files, compressed ones where they are. */
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** Rows read so far, malformed ones included. */
  readonly rows: number;
  readonly kept: Readonly<Record<SplitName, number>>;
  readonly malformed: number;
  readonly residentBytes: number;
}

export interface PreparedTable {
  readonly dir: string;
  readonly manifest: Manifest;
  /** The dataset was there already. */
  readonly cached: boolean;
  /** Of the files that it is made of, those that were not read for it now, because they are as they were for another one. */
  readonly reusedFiles: number;
  /** Which reader reads these files, and why, for people. */
  readonly reader: string;
}

/** A shard of 8,192 taxi rows is 2 MB and trains in well under a second, the longest that a native call may take. */
export const PREPARE_DEFAULTS = Object.freeze({ shardRows: 8192, maxBad: 0.01 });

const NOTHING_KEPT = { train: 0, validation: 0, test: 0 } as const;

/**
 * Turns tables of any size into shards on disk, in flat memory. A dataset made from the same contents by the same recipe is
 * reused; of three files or more, those that have not changed are not read again. Processes that prepare the same thing at once do not disturb each other: each works in its own folder and renames it
 * into place when it is complete; the first one wins.
 * @throws {PreprocessingError} for bad options, bad files (file, line and column in the error), too many bad rows, or a full disk
 */
export async function prepareTable(options: PrepareOptions): Promise<PreparedTable> {
  const { outDir, signal, onProgress } = options;
  const { shardRows, chunkRows, maxBad } = resolveNumbers(options);
  checkRecipe(options.recipe);
  const files = [
    ...(await listed(options.train, 'train')),
    ...(await listed(options.validation ?? [], 'validation')),
    ...(await listed(options.test ?? [], 'test')),
  ];
  if (!files.some(({ role }) => role === 'train'))
    throw new PreprocessingError('BAD_OPTION', 'train names no file', { expected: 'at least one' });
  const recipe = withSplit(options.recipe, new Set(files.map(({ role }) => role)));
  signal?.throwIfAborted();
  await makeFolder(outDir);
  await removeStaleFolders(outDir);
  const partsDir = join(outDir, 'parts');
  await removeOldParts(partsDir);
  const report = (state: Omit<PrepareProgress, 'residentBytes' | 'bytesTotal'>, bytesTotal: number): void =>
    onProgress?.({ ...state, bytesTotal, residentBytes: process.memoryUsage.rss() });
  const inputs = await hashedInputs(files, outDir, report, signal);
  const { reader, chosen } = await readerFor(options.reader ?? 'auto', inputs);
  const key = cacheKey(recipe, inputs, shardRows, reader.dialect, options.learned ?? null);
  const dir = join(outDir, `${recipe.name}-${key.slice(0, 16)}`);
  const found = await existingDataset(dir);
  if (found !== undefined)
    return { dir, manifest: checkedCache(found, maxBad, dir), cached: true, reusedFiles: 0, reader: chosen };
  const bytesTotal = inputs.reduce((sum, { bytes }) => sum + bytes, 0);
  const plan = {
    recipe,
    inputs,
    key,
    shardRows,
    chunkRows,
    maxBad,
    refusedRejects: `${dir}.${REJECTS_FILE}`,
    reader,
    learned: options.learned ?? null,
    partsDir: keepsParts(recipe, inputs) ? partsDir : null,
    onChunk: (state: Parameters<BuildPlan['onChunk']>[0]) => report(state, bytesTotal),
    ...(signal && { signal }),
  };
  return { ...(await buildAndPublish(dir, outDir, plan)), reader: chosen };
}

function withSplit(recipe: TableRecipe, roles: ReadonlySet<SourceRole>): TableRecipe {
  return { ...recipe, split: splitBeside(recipe.split, roles) };
}

/** From this many files on, a change of one costs more to read them all than their rows cost to keep. */
const FILES_WITH_PARTS = 3;

/** Where rows are compared across files, what is kept of one depends on the others. */
function keepsParts({ rules }: TableRecipe, inputs: readonly InputFile[]): boolean {
  return inputs.length >= FILES_WITH_PARTS && rules.every(({ kind }) => kind !== 'unique');
}

async function readerFor(
  choice: ReaderChoice | ChunkReader,
  inputs: readonly InputFile[],
): Promise<{ readonly reader: ChunkReader; readonly chosen: string }> {
  if (typeof choice !== 'string') return { reader: choice, chosen: choice.name };
  const { reader, why } = await chooseReader(choice, inputs);
  return { reader, chosen: `${reader.name} (${why})` };
}

function resolveNumbers(options: PrepareOptions): { shardRows: number; chunkRows: number; maxBad: number } {
  const { shardRows, maxBad } = { ...PREPARE_DEFAULTS, ...options };
  const { chunkRows = chunkRowsFor(options.recipe.columns.length) } = options;
  for (const [name, value] of Object.entries({ shardRows, chunkRows })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new PreprocessingError('BAD_OPTION', `${name} is ${value}`, { expected: 'a whole number from 1' });
  }
  if (!(maxBad >= 0 && maxBad <= 1))
    throw new PreprocessingError('BAD_OPTION', `maxBad is ${maxBad}`, { expected: 'a share from 0 to 1' });
  return { shardRows, chunkRows, maxBad };
}

async function listed(
  paths: string | readonly string[],
  role: SourceRole,
): Promise<readonly { role: SourceRole; path: string }[]> {
  const found = await Promise.all((typeof paths === 'string' ? [paths] : paths).map(matchingFiles));
  return found.flat().map((path) => ({ role, path }));
}

async function hashedInputs(
  files: readonly { role: SourceRole; path: string }[],
  outDir: string,
  report: (state: Omit<PrepareProgress, 'residentBytes' | 'bytesTotal'>, bytesTotal: number) => void,
  signal: AbortSignal | undefined,
): Promise<readonly InputFile[]> {
  const onBytes = (bytesRead: number, bytesTotal: number): void =>
    report({ phase: 'hashing', bytesRead, rows: 0, kept: NOTHING_KEPT, malformed: 0 }, bytesTotal);
  return describeInputs(files, outDir, onBytes, signal);
}

async function existingDataset(dir: string): Promise<Manifest | undefined> {
  try {
    const manifest = await readManifest(dir);
    await verifyFiles(dir, manifest);
    return manifest;
  } catch (error) {
    if (error instanceof PreprocessingError && error.code === 'DATASET_NOT_FOUND') return undefined;
    throw error;
  }
}

/** What was prepared with a more lenient `maxBad` must not pass a stricter one. */
function checkedCache(manifest: Manifest, maxBad: number, dir: string): Manifest {
  for (const source of manifest.sources) assertFewBad(source, maxBad, manifest.firstRejects, join(dir, REJECTS_FILE));
  return manifest;
}

async function buildAndPublish(dir: string, outDir: string, plan: BuildPlan): Promise<Omit<PreparedTable, 'reader'>> {
  const workDir = join(outDir, workFolderName(randomBytes(4).toString('hex')));
  await makeFolder(workDir);
  try {
    const { manifest, reusedFiles } = await buildDataset(workDir, plan);
    return { dir, manifest: (await publish(workDir, dir)) ?? manifest, cached: false, reusedFiles };
  } catch (error) {
    if (error instanceof PreprocessingError && error.code === 'TOO_MANY_BAD_ROWS')
      await rename(join(workDir, REJECTS_FILE), plan.refusedRejects);
    throw isSystemError(error) ? writeFailed(outDir, error) : error;
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** @returns the manifest of another process that was faster, if one was */
async function publish(workDir: string, dir: string): Promise<Manifest | undefined> {
  try {
    await rename(workDir, dir);
    return undefined;
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')) return existingDataset(dir);
    throw error;
  }
}

async function makeFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true }).catch((cause: unknown) => {
    throw writeFailed(dir, cause);
  });
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function writeFailed(dir: string, cause: unknown): PreprocessingError {
  const reason = isSystemError(cause) ? cause.code : String(cause);
  return new PreprocessingError('WRITE_FAILED', `prepared data cannot be written (${reason})`, {
    file: dir,
    hint: 'Check free space and permissions, or choose another folder',
    cause,
  });
}
