import type { MalformedRow, TextChunk } from './chunk-reader.js';
import { parseInteger, parseNumber, UNPARSABLE } from './number-grammar.js';
import { PreprocessingError } from './preprocessing-error.js';
import type { ColumnSpec } from './table-recipe.js';
import { parseTimestamp } from './timestamp.js';

export type TypedColumn =
  | { readonly type: 'number' | 'integer' | 'timestamp'; readonly values: Float64Array }
  | { readonly type: 'text'; readonly values: readonly string[] };

/** A chunk of rows as typed columns, in the order of the recipe's columns. */
export class TypedTable {
  readonly rows: number;
  readonly columns: readonly TypedColumn[];
  readonly #byName: ReadonlyMap<string, TypedColumn>;

  constructor(rows: number, names: readonly string[], columns: readonly TypedColumn[]) {
    this.rows = rows;
    this.columns = columns;
    this.#byName = new Map(columns.map((column, i) => [names[i]!, column]));
  }

  /** Values of a number, integer or timestamp column; NaN where missing. */
  numbers(name: string): Float64Array {
    const column = this.#column(name);
    if (column.type === 'text')
      throw new PreprocessingError('BAD_OPTION', `column ${name} is text`, { expected: 'a number column' });
    return column.values;
  }

  /** Values of a text column; empty where missing. */
  texts(name: string): readonly string[] {
    const column = this.#column(name);
    if (column.type !== 'text')
      throw new PreprocessingError('BAD_OPTION', `column ${name} holds numbers`, { expected: 'a text column' });
    return column.values;
  }

  #column(name: string): TypedColumn {
    const column = this.#byName.get(name);
    if (column === undefined) throw new PreprocessingError('BAD_OPTION', `the recipe declares no column ${name}`);
    return column;
  }
}

export interface TypedChunk {
  readonly table: TypedTable;
  /** Rows whose text is outside the grammar of their column; the table holds nonsense there. By row. */
  readonly unparsable: ReadonlyMap<number, MalformedRow>;
}

/** Parses the text columns of a chunk, given in the order of `specs`. */
export function typeChunk(
  chunk: Pick<TextChunk, 'rows' | 'columns' | 'lines'>,
  specs: readonly ColumnSpec[],
): TypedChunk {
  const unparsable = new Map<number, MalformedRow>();
  const columns = specs.map((spec, i) =>
    typeColumn(spec, chunk.columns[i] ?? null, chunk.rows, (row, cell) => {
      if (unparsable.has(row)) return;
      const reason = `${spec.name}: ${JSON.stringify(cell.slice(0, 60))} is ${NOT_A[spec.type]}`;
      unparsable.set(row, { line: chunk.lines[row] ?? 0, reason });
    }),
  );
  return {
    table: new TypedTable(
      chunk.rows,
      specs.map(({ name }) => name),
      columns,
    ),
    unparsable,
  };
}

const NOT_A = {
  number: 'no number',
  integer: 'no whole number',
  timestamp: 'no time (YYYY-MM-DD HH:MM:SS UTC)',
  text: 'no text',
} as const;

function typeColumn(
  spec: ColumnSpec,
  cells: readonly string[] | null,
  rows: number,
  refuse: (row: number, cell: string) => void,
): TypedColumn {
  switch (spec.type) {
    case 'number':
      return { type: 'number', values: fill(rows, cells, parseNumber, refuse) };
    case 'integer':
      return { type: 'integer', values: fill(rows, cells, parseInteger, refuse) };
    case 'timestamp':
      return { type: 'timestamp', values: fill(rows, cells, parseTimestamp, refuse) };
    case 'text':
      return { type: 'text', values: cells ?? new Array<string>(rows).fill('') };
  }
}

function fill(
  rows: number,
  cells: readonly string[] | null,
  parse: (text: string) => number,
  refuse: (row: number, cell: string) => void,
): Float64Array {
  const values = new Float64Array(rows);
  if (cells === null) return values.fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    const value = parse(cells[row]!);
    if (value === UNPARSABLE) refuse(row, cells[row]!);
    values[row] = value;
  }
  return values;
}

/** Whether the cell of a column is empty. */
export function isMissing(column: TypedColumn, row: number): boolean {
  return column.type === 'text' ? column.values[row] === '' : Number.isNaN(column.values[row]!);
}
