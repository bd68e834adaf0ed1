import type { MalformedRow } from './chunk-reader.js';
import { parseInteger, parseNumber, UNPARSABLE } from './number-grammar.js';
import { PreprocessingError } from './preprocessing-error.js';
import type { ColumnSpec } from './table-recipe.js';
import { DEFAULT_TIMESTAMP_FORMATS, formatNames, timestampParser } from './timestamp.js';

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
    const column = this.column(name);
    if (column.type === 'text')
      throw new PreprocessingError('BAD_OPTION', `column ${name} is text`, { expected: 'a number column' });
    return column.values;
  }

  /** Values of a text column; empty where missing. */
  texts(name: string): readonly string[] {
    const column = this.column(name);
    if (column.type !== 'text')
      throw new PreprocessingError('BAD_OPTION', `column ${name} holds numbers`, { expected: 'a text column' });
    return column.values;
  }

  /** @throws {PreprocessingError} BAD_OPTION where the table has no such column */
  column(name: string): TypedColumn {
    const column = this.#byName.get(name);
    if (column === undefined) throw new PreprocessingError('BAD_OPTION', `the recipe declares no column ${name}`);
    return column;
  }
}

/** Rows as text, column by column; null for an optional column that is not there. */
export interface TextColumns {
  readonly rows: number;
  readonly columns: readonly (readonly string[] | null)[];
  readonly lineOf: (row: number) => number;
}

/**
 * Parses text columns, given in the order of `specs`.
 * @returns the table, and the rows whose text is outside the grammar of their column: the table holds nonsense there
 */
export function typeColumns(
  { rows, columns: texts, lineOf }: TextColumns,
  specs: readonly ColumnSpec[],
): { readonly table: TypedTable; readonly unparsable: ReadonlyMap<number, MalformedRow> } {
  const unparsable = new Map<number, MalformedRow>();
  const columns = specs.map((spec, i) =>
    typeColumn(spec, texts[i] ?? null, rows, (row, cell) => {
      if (unparsable.has(row)) return;
      const reason = `${spec.name}: ${JSON.stringify(cell.slice(0, 60))} is ${notA(spec)}`;
      unparsable.set(row, { line: lineOf(row), reason });
    }),
  );
  return {
    table: new TypedTable(
      rows,
      specs.map(({ name }) => name),
      columns,
    ),
    unparsable,
  };
}

function notA({ type, formats }: ColumnSpec): string {
  switch (type) {
    case 'number':
      return 'no number';
    case 'integer':
      return 'no whole number';
    case 'timestamp':
      return `no time (${formatNames(formats ?? DEFAULT_TIMESTAMP_FORMATS)})`;
    case 'text':
      return 'no text';
  }
}

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
      return {
        type: 'timestamp',
        values: fill(rows, cells, timestampParser(spec.formats ?? DEFAULT_TIMESTAMP_FORMATS), refuse),
      };
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
