import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChunkReader } from './chunk-reader.js';
import { assertUnchanged, type InputFile } from './input-file.js';
import {
  LAYOUT_VERSION,
  MANIFEST_FILE,
  type Manifest,
  REJECTS_FILE,
  type Reject,
  type SourceEntry,
  type SplitEntry,
} from './manifest.js';
import { PreprocessingError } from './preprocessing-error.js';
import { RejectsFile } from './rejects-file.js';
import { RowBuffer } from './row-buffer.js';
import { RunningStatistics } from './running-statistics.js';
import { ShardWriter } from './shard-writer.js';
import { SourceCleaner } from './source-cleaner.js';
import { SPLIT_NAMES, type SplitName } from './split-rule.js';
import type { TableRecipe } from './table-recipe.js';

export interface BuildPlan {
  readonly recipe: TableRecipe;
  readonly inputs: readonly InputFile[];
  readonly key: string;
  readonly shardRows: number;
  readonly chunkRows: number;
  readonly maxBad: number;
  /** Where a person will find the rejects if there are too many of them. */
  readonly refusedRejects: string;
  readonly reader: ChunkReader;
  readonly signal?: AbortSignal;
  readonly onChunk: (state: BuildState) => void;
}

/** Where a build stands after a chunk. */
export interface BuildState {
  readonly phase: 'reading' | 'sharding';
  readonly bytesRead: number;
  readonly rows: number;
  readonly kept: Readonly<Record<SplitName, number>>;
  readonly malformed: number;
}

type PerSplit<T> = Readonly<Record<SplitName, T>>;

/** Fills an empty folder with shards, rejects and, as the very last file, the manifest. */
export async function buildDataset(dir: string, plan: BuildPlan): Promise<Manifest> {
  const builder = await DatasetBuilder.open(dir, plan);
  try {
    for (const input of plan.inputs) await builder.read(input);
    return await builder.finish();
  } finally {
    await builder.close();
  }
}

class DatasetBuilder {
  readonly #dir: string;
  readonly #plan: BuildPlan;
  readonly #writers: PerSplit<ShardWriter>;
  readonly #rejects: RejectsFile;
  readonly #buffers: PerSplit<RowBuffer>;
  readonly #features: RunningStatistics;
  readonly #label = new RunningStatistics(1);
  readonly #sources: SourceEntry[] = [];
  #bytesBefore = 0;

  private constructor(dir: string, plan: BuildPlan, writers: PerSplit<ShardWriter>, rejects: RejectsFile) {
    this.#dir = dir;
    this.#plan = plan;
    this.#writers = writers;
    this.#rejects = rejects;
    this.#features = new RunningStatistics(plan.recipe.features.length);
    this.#buffers = perSplit(() => new RowBuffer(plan.recipe.features.length, plan.chunkRows));
  }

  static async open(dir: string, plan: BuildPlan): Promise<DatasetBuilder> {
    const width = plan.recipe.features.length;
    const train = await ShardWriter.open(dir, 'train', width);
    const validation = await ShardWriter.open(dir, 'validation', width);
    const test = await ShardWriter.open(dir, 'test', width);
    return new DatasetBuilder(
      dir,
      plan,
      { train, validation, test },
      await RejectsFile.create(join(dir, REJECTS_FILE)),
    );
  }

  async read(input: InputFile): Promise<void> {
    const { recipe, reader, chunkRows, signal, maxBad, refusedRejects } = this.#plan;
    const cleaner = new SourceCleaner(recipe, input.role);
    const { columns } = recipe;
    for await (const chunk of reader.read(input.path, { columns, chunkRows, ...(signal && { signal }) })) {
      signal?.throwIfAborted();
      for (const name of SPLIT_NAMES) this.#buffers[name].clear();
      await this.#rejects.append(input.name, cleaner.take(chunk, this.#buffers));
      await this.#store();
      this.#report('reading', this.#bytesBefore + chunk.bytesRead, cleaner);
    }
    await assertUnchanged(input);
    const { role, name, bytes, sha256 } = input;
    const { rows, malformed, dropped, kept } = cleaner;
    const source = { role, name, bytes, sha256, rows, malformed, dropped, kept };
    this.#sources.push(source);
    this.#bytesBefore += bytes;
    assertFewBad(source, maxBad, this.#rejects.first, refusedRejects);
  }

  async finish(): Promise<Manifest> {
    const { shardRows, signal } = this.#plan;
    assertRowsLeft(this.#sources);
    this.#report('sharding', this.#bytesBefore);
    const splits = {
      train: await this.#writers.train.finish(shardRows, signal),
      validation: await this.#writers.validation.finish(shardRows, signal),
      test: await this.#writers.test.finish(shardRows, signal),
    };
    const manifest = this.#manifest(splits);
    await writeSynced(join(this.#dir, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  }

  /** Also after a failure: closing twice does no harm. */
  async close(): Promise<void> {
    await this.#rejects.close();
    for (const name of SPLIT_NAMES) await this.#writers[name].close();
  }

  async #store(): Promise<void> {
    const { x, y } = this.#buffers.train;
    const width = this.#plan.recipe.features.length;
    for (let row = 0; row < y.length; row++) {
      this.#features.add(x, row * width);
      this.#label.add(y, row);
    }
    for (const name of SPLIT_NAMES) await this.#writers[name].append(this.#buffers[name].x, this.#buffers[name].y);
  }

  #report(phase: BuildState['phase'], bytesRead: number, current?: SourceCleaner): void {
    const counted = current === undefined ? this.#sources : [...this.#sources, current];
    const rows = counted.reduce((sum, source) => sum + source.rows, 0);
    const malformed = counted.reduce((sum, source) => sum + source.malformed, 0);
    this.#plan.onChunk({ phase, bytesRead, rows, malformed, kept: perSplit((name) => this.#writers[name].rows) });
  }

  #manifest(splits: PerSplit<SplitEntry>): Manifest {
    const { recipe, key, shardRows } = this.#plan;
    const { name, version, options } = recipe;
    return {
      layout: LAYOUT_VERSION,
      key,
      recipe: { name, version, options },
      columns: recipe.columns,
      split: recipe.split,
      features: recipe.features,
      groups: recipe.groups,
      featureStatistics: this.#features.columns(),
      label: { name: recipe.label.name, ...this.#label.columns()[0]! },
      shardRows,
      splits,
      sources: this.#sources,
      dropped: addUp(this.#sources.map(({ dropped }) => dropped)),
      malformed: this.#sources.reduce((sum, { malformed }) => sum + malformed, 0),
      firstRejects: this.#rejects.first,
    };
  }
}

function perSplit<T>(make: (name: SplitName) => T): PerSplit<T> {
  return { train: make('train'), validation: make('validation'), test: make('test') };
}

function addUp(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const count of counts)
    for (const [reason, rows] of Object.entries(count)) sums[reason] = (sums[reason] ?? 0) + rows;
  return sums;
}

/**
 * @param rejects the first rejects of all sources
 * @param allRejects the file that lists them all
 * @throws {PreprocessingError} TOO_MANY_BAD_ROWS
 */
export function assertFewBad(
  { name, rows, malformed }: SourceEntry,
  maxBad: number,
  rejects: readonly Reject[],
  allRejects: string,
): void {
  if (malformed <= maxBad * rows) return;
  const examples = rejects.filter(({ file }) => file === name).map(({ line, reason }) => ` line ${line}: ${reason};`);
  throw new PreprocessingError(
    'TOO_MANY_BAD_ROWS',
    `${malformed} of ${rows} rows are malformed:${examples.join('')} ...`,
    {
      file: name,
      expected: `at most ${maxBad * 100} %`,
      hint: `All of them are listed in ${allRejects}. Mend the file, or allow more`,
    },
  );
}

function assertRowsLeft(sources: readonly SourceEntry[]): void {
  const kept = (split: SplitName): number => sources.reduce((sum, source) => sum + source.kept[split], 0);
  const lacking =
    kept('train') === 0
      ? 'train'
      : sources.some(({ role }) => role === 'validation') && kept('validation') === 0
        ? 'validation'
        : undefined;
  if (lacking === undefined) return;
  const dropped = Object.entries(addUp(sources.map((source) => source.dropped))).filter(([, rows]) => rows > 0);
  const reasons = dropped.map(([reason, rows]) => `${reason} ${rows}`).join(', ');
  throw new PreprocessingError('NO_ROWS_LEFT', `no ${lacking} row is left after cleaning (dropped: ${reasons})`, {
    expected: 'at least one',
    hint: 'Check that the files fit the recipe',
  });
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
