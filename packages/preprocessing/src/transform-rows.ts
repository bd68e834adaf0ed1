import { createAutoReader } from './choose-reader.js';
import type { ChunkReader, MalformedRow, TableSource, TypedChunk } from './chunk-reader.js';
import { chunkRowsFor } from './chunk-rows.js';
import { type FeatureSet, featureColumns, featureSet, type Learned } from './recipe/feature-set.js';
import { isFiniteRange, writeRows } from './row-buffer.js';
import type { ColumnSpec, TableRecipe } from './table-recipe.js';
import { typeColumns } from './type-columns.js';
import { isMissing, type TypedTable } from './typed-table.js';

/** Features of rows to predict, one entry for every row of the input, in order. Nothing is cleaned. */
export interface TransformedRows {
  readonly rows: number;
  /** Row-major, rows x stored columns; all 0 where a row has a reason. */
  readonly x: Float32Array;
  /** Why a row has no features, or null where it has. */
  readonly reasons: readonly (string | null)[];
  /** 1-based line of the file on which each row begins; for rows not from a file, 1-based position. */
  readonly lines: readonly number[];
}

/**
 * Features of rows given as text by column name. Columns that only the label, the rules or the split need, and columns that the
 * recipe does not know, may be there or not.
 * @param learned what the recipe learned from the training rows: `manifest.learned`
 */
export function transformRows(
  recipe: TableRecipe,
  learned: Learned,
  rows: readonly Readonly<Record<string, string | undefined>>[],
): TransformedRows {
  const specs = featureColumns(recipe);
  const columns = specs.map(({ name }) => rows.map((row) => row[name] ?? ''));
  const lineOf = (row: number): number => row + 1;
  const typed = typeColumns({ rows: rows.length, columns, lineOf }, specs);
  return transformChunk(featureSet(recipe, learned), specs, { ...typed, lineOf, malformed: [] });
}

/**
 * Features of a whole table, chunk by chunk; malformed rows have their place in the order too.
 * @param learned what the recipe learned from the training rows: `manifest.learned`
 * @throws {PreprocessingError} while iterating, what the reader throws: a missing column, a binary file ...
 */
export async function* transformTable(
  recipe: TableRecipe,
  learned: Learned,
  source: TableSource,
  options: { readonly chunkRows?: number; readonly reader?: ChunkReader; readonly signal?: AbortSignal } = {},
): AsyncGenerator<TransformedRows> {
  const columns = featureColumns(recipe);
  const features = featureSet(recipe, learned);
  const reader = options.reader ?? createAutoReader();
  const { signal, chunkRows = chunkRowsFor(columns.length) } = options;
  for await (const chunk of reader.read(source, { columns, chunkRows, ...(signal && { signal }) }))
    yield transformChunk(features, columns, chunk);
}

function transformChunk(
  features: FeatureSet,
  specs: readonly ColumnSpec[],
  chunk: Omit<TypedChunk, 'bytesRead'>,
): TransformedRows {
  const width = features.columns.length;
  const { table, unparsable, lineOf } = chunk;
  const columns = features.evaluate(table);
  const total = table.rows + chunk.malformed.length;
  const result = {
    rows: total,
    x: new Float32Array(total * width),
    reasons: new Array<string | null>(total).fill(null),
    lines: new Array<number>(total).fill(0),
  };
  inOrder(chunk).forEach((row, at) => {
    const isRow = typeof row === 'number';
    result.lines[at] = isRow ? lineOf(row) : row.line;
    result.reasons[at] = isRow ? (unparsable.get(row)?.reason ?? missingColumn(table, specs, row)) : row.reason;
    if (!isRow || result.reasons[at] !== null) return;
    writeRows(result.x, at, Int32Array.of(row), columns);
    if (isFiniteRange(result.x, at * width, (at + 1) * width)) return;
    result.x.fill(0, at * width, (at + 1) * width);
    result.reasons[at] = 'a feature is not finite';
  });
  return result;
}

/** Rows (by index) and malformed rows of a chunk, by line. */
function inOrder({ table, lineOf, malformed }: Omit<TypedChunk, 'bytesRead'>): (number | MalformedRow)[] {
  const merged: (number | MalformedRow)[] = [];
  let next = 0;
  for (let row = 0; row < table.rows; row++) {
    while (next < malformed.length && malformed[next]!.line < lineOf(row)) merged.push(malformed[next++]!);
    merged.push(row);
  }
  return [...merged, ...malformed.slice(next)];
}

function missingColumn(table: TypedTable, specs: readonly ColumnSpec[], row: number): string | null {
  const at = table.columns.findIndex((column, i) => specs[i]!.optional !== true && isMissing(column, row));
  return at === -1 ? null : `${specs[at]!.name} is missing`;
}
