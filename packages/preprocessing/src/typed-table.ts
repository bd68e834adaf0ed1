import { PreprocessingError } from './preprocessing-error.js';

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

/** Whether the cell of a column is empty. */
export function isMissing(column: TypedColumn, row: number): boolean {
  return column.type === 'text' ? column.values[row] === '' : Number.isNaN(column.values[row]!);
}
