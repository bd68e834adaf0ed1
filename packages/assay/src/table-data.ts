import path from 'node:path';
import {
  type Dataset,
  datasetBytes,
  featureWarnings,
  loadShared,
  type Manifest,
  openDataset,
  openShared,
  type PreparedTable,
  PreprocessingError,
  prepareTable,
  type SharedDataset,
  type PrepareProgress as TableProgress,
} from '@assay/preprocessing';
import type { PrepareContext, Prepared, PrepareProgress } from '@assay/study';
import { selectEngine } from '@assay/training';
import type { TableFacts, TableSources, TableWorkload } from './table-study.js';

/** Where a trial finds its rows: plain data that crosses threads. */
export interface TableData {
  readonly dir: string;
  /** The same rows in memory that all workers share, where they fit. */
  readonly shared: SharedDataset | null;
  readonly engine: PrepareContext['engine'];
}

/** Rows up to this size are kept in memory, once for all workers; larger tables are read shard by shard. */
const SHARED_BYTES = 1_000_000_000;

/** Prepares a workload's rows, or finds them prepared. @throws {PreprocessingError} */
export async function prepareRows<P>(
  table: TableWorkload<P>,
  context: PrepareContext,
): Promise<PreparedTable & { readonly sources: TableSources }> {
  const sources = await table.sources(context);
  const prepared = await prepareTable({
    recipe: table.recipe,
    train: sources.train,
    validation: sources.validation,
    ...(sources.test !== undefined && { test: sources.test }),
    outDir: path.join(context.cacheDir, 'datasets'),
    onProgress: progressLine(context, performance.now()),
    signal: context.signal,
    reader: context.reader ?? 'auto',
    ...(context.maxBad !== undefined && { maxBad: context.maxBad }),
    ...(table.shardRows !== undefined && { shardRows: table.shardRows }),
  });
  return { ...prepared, sources };
}

/** What a table study's `prepare` does. @throws {PreprocessingError} also NO_ROWS_LEFT, where no row could tell trials apart */
export async function prepareTableData<P>(
  table: TableWorkload<P>,
  context: PrepareContext,
): Promise<Prepared<TableData>> {
  const prepared = await prepareRows(table, context);
  const { dir, manifest, sources } = prepared;
  if (table.folds === undefined) requireValidation(manifest);
  // Here in the main thread first: a native TensorFlow takes its settings from the process that loads it.
  const { engine, why } = await selectEngine(context.engine);
  const fits = datasetBytes(manifest, ['train', 'validation']) <= SHARED_BYTES;
  const shared = fits ? await loadShared(dir, ['train', 'validation']) : null;
  const { train, validation, test } = manifest.splits;
  return {
    data: { dir, shared, engine: context.engine },
    facts: {
      data: sources.description,
      engine: `${engine.name} (${why})`,
      rows: `${train.rows} train, ${validation.rows} validation, ${test.rows} test`,
      dataset: datasetId(manifest),
      prepared: preparedText(prepared),
      ...toLookAt(manifest),
    },
  };
}

function preparedText({ cached, reader, reusedFiles, manifest }: PreparedTable): string {
  if (cached) return 'found in cache';
  const unchanged = reusedFiles === 0 ? '' : `, ${reusedText({ reusedFiles, manifest })}`;
  return `now, by ${reader}${unchanged}`;
}

/** `3 of 4 files unchanged` */
export function reusedText({ reusedFiles, manifest }: Pick<PreparedTable, 'reusedFiles' | 'manifest'>): string {
  return `${reusedFiles} of ${manifest.sources.length} files unchanged`;
}

/** Warnings on a screen: `assay data prepare` gives them all. */
const SHOWN_WARNINGS = 3;

function toLookAt(manifest: Manifest): Readonly<Record<string, string>> {
  const texts = featureWarnings(manifest).map(({ feature, text }) => `${feature}: ${text}`);
  if (texts.length === 0) return {};
  const more = texts.length > SHOWN_WARNINGS ? [`${texts.length - SHOWN_WARNINGS} more`] : [];
  return { 'look at': [...texts.slice(0, SHOWN_WARNINGS), ...more].join('; ') };
}

function requireValidation({ splits: { train, validation, test } }: Manifest): void {
  if (validation.rows > 0) return;
  throw new PreprocessingError('NO_ROWS_LEFT', `none of ${train.rows + test.rows} rows is a validation row`, {
    expected: 'at least one, to measure trials by',
    hint: 'Give more rows, name a file of them (tableFiles: validation), or declare folds',
  });
}

/** Names prepared rows on screens and in stored facts: enough of the manifest's key to tell them apart. */
export function datasetId({ key }: Manifest): string {
  return key.slice(0, 12);
}

export async function openTableData({ dir, shared }: TableData): Promise<Dataset> {
  return shared === null ? openDataset(dir) : openShared(shared);
}

export function factsOf(manifest: Manifest): TableFacts {
  const { features, groups, featureStatistics, label, splits } = manifest;
  return { features, groups, featureStatistics, label, shardRows: splits.train.shards.map(({ rows }) => rows) };
}

function progressLine({ onProgress }: PrepareContext, startedMs: number): (progress: TableProgress) => void {
  return ({ phase, bytesRead, bytesTotal, rows, residentBytes }) => {
    const seconds = Math.max((performance.now() - startedMs) / 1000, 1e-3);
    const rate = Math.round(rows / seconds).toLocaleString('en');
    const memory = `${Math.round(residentBytes / 1e6)} MB`;
    const detail = `${rows.toLocaleString('en')} rows, ${rate} rows/s, ${memory}`;
    const progress: PrepareProgress = { stage: phase, done: bytesRead, total: bytesTotal, detail };
    onProgress(progress);
  };
}
