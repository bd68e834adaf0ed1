import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { addUp, assertFewBad, assertLabelVaries, assertRowsLeft } from './build-checks.js';
import type { ChunkReader, MalformedRow } from './chunk-reader.js';
import { type FeatureTally, featureTally } from './feature-statistics.js';
import { assertUnchanged, type InputFile } from './input-file.js';
import { learnValues } from './learn-values.js';
import { rememberedOrLearned } from './learned-memory.js';
import {
  LAYOUT_VERSION,
  MANIFEST_FILE,
  type Manifest,
  REJECTS_FILE,
  type SourceEntry,
  type SplitEntry,
} from './manifest.js';
import { type FeatureSet, featureSet, type Learned } from './recipe/feature-set.js';
import { RejectsFile } from './rejects-file.js';
import { RowBuffer } from './row-buffer.js';
import { rejectedRows, type TableRules, tableRules } from './row-sieve.js';
import { RunningStatistics } from './running-statistics.js';
import { allOf, ShardWriter } from './shard-writer.js';
import { SourceCleaner } from './source-cleaner.js';
import { type SourcePart, SourceParts } from './source-parts.js';
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
  /** Null: learned from the training rows. */
  readonly learned: Learned | null;
  /** Where cleaned rows of single files, and what was learned, are kept for later builds; null: nowhere. */
  readonly partsDir: string | null;
  readonly signal?: AbortSignal;
  readonly onChunk: (state: BuildState) => void;
}

/** Where a build stands after a chunk. */
export interface BuildState {
  readonly phase: 'learning' | 'reading' | 'sharding';
  readonly bytesRead: number;
  readonly rows: number;
  readonly kept: Readonly<Record<SplitName, number>>;
  readonly malformed: number;
}

/** Files with more rejects than this, some 10 MB of them, are read anew every time. */
const PART_REJECTS = 100_000;

type PerSplit<T> = Readonly<Record<SplitName, T>>;

export interface BuiltDataset {
  readonly manifest: Manifest;
  /** Files whose rows an earlier build had kept. */
  readonly reusedFiles: number;
}

/** Fills an empty folder with shards, rejects and, as the very last file, the manifest. */
export async function buildDataset(dir: string, plan: BuildPlan): Promise<BuiltDataset> {
  const builder = await DatasetBuilder.open(dir, plan, plan.learned ?? (await learn(plan)));
  try {
    for (const input of plan.inputs) await builder.take(input);
    return { manifest: await builder.finish(), reusedFiles: builder.reusedFiles };
  } finally {
    await builder.close();
  }
}

function learn(plan: BuildPlan): Promise<Learned> {
  const { recipe, partsDir, reader } = plan;
  const train = plan.inputs.filter(({ role }) => role === 'train');
  const learnNow = (): Promise<Learned> => learnFrom(train, plan);
  return partsDir === null
    ? learnNow()
    : rememberedOrLearned(partsDir, { recipe, dialect: reader.dialect, train }, learnNow);
}

async function learnFrom(
  train: readonly InputFile[],
  { recipe, reader, chunkRows, signal, onChunk }: BuildPlan,
): Promise<Learned> {
  const learned = await learnValues({
    recipe,
    sources: train.map(({ path }) => path),
    reader,
    chunkRows,
    ...(signal && { signal }),
    onChunk: (rows, bytesRead) =>
      onChunk({ phase: 'learning', bytesRead, rows, malformed: 0, kept: perSplit(() => 0) }),
  });
  for (const input of train) await assertUnchanged(input);
  return learned;
}

class DatasetBuilder {
  readonly #dir: string;
  readonly #plan: BuildPlan;
  readonly #writers: PerSplit<ShardWriter>;
  readonly #rejects: RejectsFile;
  readonly #buffers: PerSplit<RowBuffer>;
  readonly #learned: Learned;
  readonly #features: FeatureSet;
  readonly #rules: TableRules;
  readonly #tallies: readonly FeatureTally[];
  readonly #label = new RunningStatistics();
  readonly #sources: SourceEntry[] = [];
  readonly #parts: SourceParts | null;
  #reusedFiles = 0;
  #bytesBefore = 0;

  private constructor(
    dir: string,
    plan: BuildPlan,
    learned: Learned,
    features: FeatureSet,
    writers: PerSplit<ShardWriter>,
    rejects: RejectsFile,
  ) {
    this.#dir = dir;
    this.#plan = plan;
    this.#learned = learned;
    this.#features = features;
    this.#rules = tableRules(plan.recipe);
    this.#tallies = features.columns.map(featureTally);
    this.#writers = writers;
    this.#rejects = rejects;
    const made = { recipe: plan.recipe, learned, dialect: plan.reader.dialect };
    this.#parts = plan.partsDir === null ? null : new SourceParts(plan.partsDir, made, features.columns.length);
    this.#buffers = perSplit(() => new RowBuffer(features.columns.length, plan.chunkRows));
  }

  static async open(dir: string, plan: BuildPlan, learned: Learned): Promise<DatasetBuilder> {
    const features = featureSet(plan.recipe, learned);
    const width = features.columns.length;
    const train = await ShardWriter.open(dir, 'train', width);
    const validation = await ShardWriter.open(dir, 'validation', width);
    const test = await ShardWriter.open(dir, 'test', width);
    return new DatasetBuilder(
      dir,
      plan,
      learned,
      features,
      { train, validation, test },
      await RejectsFile.create(join(dir, REJECTS_FILE)),
    );
  }

  get reusedFiles(): number {
    return this.#reusedFiles;
  }

  /** Takes a file's rows: as an earlier build kept them, or from the file itself. */
  async take(input: InputFile): Promise<void> {
    const found = await this.#parts?.find(input);
    const part = found ?? (await this.#read(input));
    if (found !== undefined) await this.#reuse(input, found);
    else if (part.rejects.length === part.source.malformed)
      await this.#parts?.keep(input, part, this.#dir, this.#writers);
    this.#sources.push(part.source);
    this.#bytesBefore += input.bytes;
    if (found !== undefined) this.#report('reading', this.#bytesBefore);
    assertFewBad(part.source, this.#plan.maxBad, this.#rejects.first, this.#plan.refusedRejects);
  }

  async #reuse(input: InputFile, part: SourcePart): Promise<void> {
    this.#reusedFiles++;
    await this.#rejects.append(input.name, part.rejects);
    for await (const { split, x, y } of this.#parts!.rows(input, part, this.#plan.chunkRows)) {
      this.#plan.signal?.throwIfAborted();
      await this.#append(split, x, y);
    }
  }

  /** @returns without the rejects beyond {@link PART_REJECTS} */
  async #read(input: InputFile): Promise<SourcePart> {
    const { recipe, reader, chunkRows, signal } = this.#plan;
    const cleaning = { recipe, learned: this.#learned, features: this.#features, rules: this.#rules };
    const cleaner = new SourceCleaner(cleaning, input.role);
    const { columns } = recipe;
    const rejects: MalformedRow[] = [];
    for await (const chunk of reader.read(input.path, { columns, chunkRows, ...(signal && { signal }) })) {
      signal?.throwIfAborted();
      for (const name of SPLIT_NAMES) this.#buffers[name].clear();
      cleaner.take(chunk, this.#buffers);
      const rejected = rejectedRows(chunk);
      rejects.push(...rejected.slice(0, PART_REJECTS - rejects.length));
      await this.#rejects.append(input.name, rejected);
      await allOf(SPLIT_NAMES.map((name) => this.#append(name, this.#buffers[name].x, this.#buffers[name].y)));
      this.#report('reading', this.#bytesBefore + chunk.bytesRead, cleaner);
    }
    await assertUnchanged(input);
    const { role, name, bytes, sha256 } = input;
    const { rows, malformed, dropped, kept } = cleaner;
    return { source: { role, name, bytes, sha256, rows, malformed, dropped, kept }, rejects };
  }

  async finish(): Promise<Manifest> {
    const { shardRows, signal } = this.#plan;
    assertRowsLeft(this.#sources);
    this.#report('sharding', this.#bytesBefore);
    assertLabelVaries(this.#plan.recipe.label.name, this.#label.result(), this.#writers.train.rows);
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

  async #append(split: SplitName, x: Float32Array, y: Float32Array): Promise<void> {
    if (split === 'train') {
      for (const [column, tally] of this.#tallies.entries()) tally.add(x, column, this.#tallies.length);
      this.#label.add(y);
    }
    await this.#writers[split].append(x, y);
  }

  #report(phase: BuildState['phase'], bytesRead: number, current?: SourceCleaner): void {
    const counted = current === undefined ? this.#sources : [...this.#sources, current];
    const rows = counted.reduce((sum, source) => sum + source.rows, 0);
    const malformed = counted.reduce((sum, source) => sum + source.malformed, 0);
    this.#plan.onChunk({ phase, bytesRead, rows, malformed, kept: perSplit((name) => this.#writers[name].rows) });
  }

  #manifest(splits: PerSplit<SplitEntry>): Manifest {
    const { recipe, key, shardRows } = this.#plan;
    const { columns, groups } = this.#features;
    return {
      layout: LAYOUT_VERSION,
      key,
      recipe,
      learned: this.#learned,
      features: columns,
      groups,
      rowBytes: 4 * (columns.length + 1),
      featureStatistics: this.#tallies.map((tally) => tally.result()),
      label: { name: recipe.label.name, ...this.#label.result() },
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

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
