import { createAutoReader } from '../choose-reader.js';
import type { ChunkReader } from '../chunk-reader.js';
import { chunkRowsFor } from '../chunk-rows.js';
import { DuplicateWindow, duplicateWindowRows } from '../duplicate-window.js';
import { nearestName } from '../nearest-name.js';
import { PreprocessingError } from '../preprocessing-error.js';
import { rowHashes } from '../row-hash.js';
import { type ColumnInspection, ColumnProfile, distinctLimit, valuesOf } from './column-profile.js';
import { type InspectionWarning, inspectionWarnings, type SampledColumn } from './inspection-warnings.js';
import { inspectLabel, type LabelInspection } from './label-inspection.js';
import { RowSample } from './row-sample.js';
import { tableColumns } from './table-columns.js';

/** What a table holds, before anybody trains on it. */
export interface TableInspection {
  readonly rows: number;
  /** Rows that could not be split into columns; no part of `rows`. */
  readonly malformed: number;
  /** Rows that repeat an earlier one exactly, within windows of 100,000 rows (fewer in tables of more than 100 columns). */
  readonly duplicates: number;
  /** Distinct values were counted up to this many a column; a column with more says null. */
  readonly distinctLimit: number;
  readonly columns: readonly ColumnInspection[];
  /** Null where no label is named, or the label holds no number. */
  readonly label: LabelInspection | null;
  readonly warnings: readonly InspectionWarning[];
}

export interface InspectOptions {
  /** The column to predict. */
  readonly label?: string;
  readonly reader?: ChunkReader;
  readonly signal?: AbortSignal;
}

/** Rows kept for quantiles and correlations: the median of 10,000 rows lies within 1 % of the ranks of the whole (2 sigma). */
const SAMPLE_ROWS = 10_000;
/** Cells of these rows, of which twice as many may be kept: tables of more than 200 columns have fewer rows in the sample. */
const SAMPLE_CELLS = 2_000_000;

/**
 * Reads a table once, in flat memory, and says what is in it.
 * @param files one or several, which are then one table with the columns of all of them
 * @throws {PreprocessingError} what the reader throws; MISSING_COLUMN for a label that is no column
 */
export async function inspectTable(
  files: string | readonly [string, ...string[]],
  options: InspectOptions = {},
): Promise<TableInspection> {
  const sources = typeof files === 'string' ? ([files] as const) : files;
  const names = await columnsOfAll(sources);
  requireLabel(sources[0], names, options.label);
  const limit = distinctLimit(names.length);
  const profiles = names.map((name) => new ColumnProfile(name, limit));
  const sample = new RowSample<readonly string[]>(Math.min(SAMPLE_ROWS, Math.ceil(SAMPLE_CELLS / names.length)));
  const counts = await readAll(sources, names, profiles, sample, options);
  const columns = profiles.map((profile, at) => {
    const cells = sample.rows.map((row) => row[at]!);
    return { inspection: profile.report(cells), cells };
  });
  return {
    ...counts,
    distinctLimit: limit,
    columns: columns.map(({ inspection }) => inspection),
    label: labelOf(columns, options.label),
    warnings: inspectionWarnings(columns, options.label ?? null),
  };
}

async function columnsOfAll(files: readonly string[]): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const file of files) for (const name of await tableColumns(file)) names.add(name);
  return [...names];
}

async function readAll(
  files: readonly string[],
  names: readonly string[],
  profiles: readonly ColumnProfile[],
  sample: RowSample<readonly string[]>,
  { reader = createAutoReader(), signal }: InspectOptions,
): Promise<Pick<TableInspection, 'rows' | 'malformed' | 'duplicates'>> {
  const counts = { rows: 0, malformed: 0, duplicates: 0 };
  const columns = names.map((name) => ({ name, type: 'text', optional: true }) as const);
  const chunkRows = chunkRowsFor(names.length);
  for (const file of files) {
    const window = new DuplicateWindow(duplicateWindowRows(names.length));
    for await (const chunk of reader.read(file, { columns, chunkRows, ...(signal && { signal }) })) {
      const { table } = chunk;
      const texts = names.map((name) => table.texts(name));
      for (const repeat of window.repeats(table, rowHashes(table), chunk.unparsable)) counts.duplicates += repeat;
      for (let row = 0; row < table.rows; row++) {
        for (let at = 0; at < texts.length; at++) profiles[at]!.add(texts[at]![row]!);
        sample.offer(() => texts.map((cells) => cells[row]!));
      }
      counts.rows += table.rows;
      counts.malformed += chunk.malformed.length;
    }
  }
  return counts;
}

function labelOf(columns: readonly SampledColumn[], name: string | undefined): LabelInspection | null {
  const column = columns.find(({ inspection }) => inspection.name === name);
  if (column === undefined) return null;
  const { type, range, missing } = column.inspection;
  if (type === 'text' || range === null) return null;
  return inspectLabel(column.inspection.name, valuesOf(type, column.cells), {
    missing,
    mean: range.mean,
    std: range.std,
  });
}

function requireLabel(file: string, names: readonly string[], label: string | undefined): void {
  if (label === undefined || names.includes(label)) return;
  const nearest = nearestName(label, names);
  throw new PreprocessingError('MISSING_COLUMN', `there is no column ${label}`, {
    file,
    column: label,
    expected: `one of ${names.slice(0, 20).join(', ')}`,
    ...(nearest !== null && { hint: `Did you mean ${nearest}?` }),
  });
}
