import type { ChunkReader } from './chunk-reader.js';
import { chunkRowsFor } from './chunk-rows.js';
import { type FeatureSet, featureSet, type Learned } from './recipe/feature-set.js';
import { evaluateNumber } from './recipe/number-expression.js';
import { isFiniteRange, writeRows } from './row-buffer.js';
import { RowSieve, tableRules } from './row-sieve.js';
import type { SourceRole, SplitName } from './split-rule.js';
import type { ColumnSpec, TableRecipe } from './table-recipe.js';
import { type TypedColumn, TypedTable } from './typed-table.js';

/** What {@link readSplitRows} reads. */
export interface SplitRowsPlan {
  readonly recipe: TableRecipe;
  /** `manifest.learned` */
  readonly learned: Learned;
  /** All files of a preparation, in its order: a rule may remember rows from file to file. */
  readonly sources: readonly { readonly role: SourceRole; readonly path: string }[];
  readonly split: SplitName;
  /** Columns wanted as they are in the file, whether the recipe knows them or not. */
  readonly columns: readonly string[];
  readonly reader: ChunkReader;
  readonly signal?: AbortSignal;
}

/** Rows of one split with their features, labels and some cells of the file. */
export interface SplitRows {
  readonly rows: number;
  /** Row-major, rows x stored columns. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** By name: one text a row, empty where the cell is. Times as ISO 8601. */
  readonly cells: Readonly<Record<string, readonly string[]>>;
}

/**
 * Reads a split's rows from the files that a dataset was made from, with columns that the dataset does not store. The rows, their
 * order and their features are those of the dataset's shards.
 * @throws {PreprocessingError} while iterating, what the reader throws
 */
export async function* readSplitRows(plan: SplitRowsPlan): AsyncGenerator<SplitRows> {
  const { recipe, learned, reader, signal } = plan;
  const features = featureSet(recipe, learned);
  const rules = tableRules(recipe);
  const known = new Set(recipe.columns.map(({ name }) => name));
  const extra = plan.columns.filter((name) => !known.has(name)).map((name): ColumnSpec => ({ name, type: 'text' }));
  const columns = [...recipe.columns, ...extra];
  const chunkRows = chunkRowsFor(columns.length);
  for (const { role, path } of plan.sources) {
    const sieve = new RowSieve(recipe, role, rules, learned.cuts);
    for await (const chunk of reader.read(path, { columns, chunkRows, ...(signal && { signal }) })) {
      const kept = sieve.take({ ...chunk, table: withoutLast(chunk.table, recipe.columns) });
      const part = finiteRows(chunk.table, kept[plan.split], features, recipe, plan.columns);
      if (part.rows > 0) yield part;
    }
  }
}

/** The recipe's own columns: the hash that splits rows is over these. */
function withoutLast(table: TypedTable, specs: readonly ColumnSpec[]): TypedTable {
  return new TypedTable(
    table.rows,
    specs.map(({ name }) => name),
    table.columns.slice(0, specs.length),
  );
}

function finiteRows(
  table: TypedTable,
  candidates: Int32Array,
  features: FeatureSet,
  recipe: TableRecipe,
  columns: readonly string[],
): SplitRows {
  const width = features.columns.length;
  const labels = evaluateNumber(recipe.label.value, table);
  const values = features.evaluate(table);
  const whole = new Float32Array(candidates.length * width);
  writeRows(whole, 0, candidates, values);
  const rows = candidates.filter(
    (row, at) => Number.isFinite(Math.fround(labels[row]!)) && isFiniteRange(whole, at * width, (at + 1) * width),
  );
  const x = rows.length === candidates.length ? whole : new Float32Array(rows.length * width);
  if (x !== whole) writeRows(x, 0, rows, values);
  const cells = columns.map((name) => [name, cellsOf(table.column(name), rows)] as const);
  return { rows: rows.length, x, y: Float32Array.from(rows, (row) => labels[row]!), cells: Object.fromEntries(cells) };
}

function cellsOf(column: TypedColumn, rows: Int32Array): readonly string[] {
  return Array.from(rows, (row) => cellText(column, row));
}

function cellText(column: TypedColumn, row: number): string {
  const value = column.values[row]!;
  if (typeof value === 'string') return value;
  if (Number.isNaN(value)) return '';
  return column.type === 'timestamp' ? new Date(value).toISOString() : String(value);
}
