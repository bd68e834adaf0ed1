import type { MalformedRow, TypedChunk } from './chunk-reader.js';
import type { ColumnSpec } from './table-recipe.js';
import { type TypedColumn, TypedTable } from './typed-table.js';

/** Rows that a {@link TypedChunkBuilder} copies from, column by column in the order of the specs. */
export interface RowBlock {
  readonly columns: readonly (ArrayLike<number> | readonly string[] | null)[];
  readonly lineOf: (row: number) => number;
  readonly unparsable?: ReadonlyMap<number, MalformedRow>;
}

/** Collects typed rows of one file into chunks, which {@link room} cuts at `chunkRows` rows. */
export class TypedChunkBuilder {
  readonly #specs: readonly ColumnSpec[];
  readonly #chunkRows: number;
  #columns: readonly TypedColumn[];
  #lines: Float64Array;
  #unparsable = new Map<number, MalformedRow>();
  #malformed: MalformedRow[] = [];
  #rows = 0;
  #sawRows = false;

  constructor(specs: readonly ColumnSpec[], chunkRows: number) {
    this.#specs = specs;
    this.#chunkRows = chunkRows;
    this.#columns = specs.map((spec) => emptyColumn(spec, chunkRows));
    this.#lines = new Float64Array(chunkRows);
  }

  get sawRows(): boolean {
    return this.#sawRows;
  }

  /** How many rows fit before the chunk is full; never 0. */
  get room(): number {
    return this.#chunkRows - this.#rows;
  }

  /**
   * Copies rows [from, to) of a block, at most {@link room} of them.
   * @returns the chunk that this fills, if it does
   */
  append(block: RowBlock, from: number, to: number): Omit<TypedChunk, 'bytesRead'> | undefined {
    const at = this.#rows;
    this.#columns.forEach((column, i) => {
      copyCells(column, block.columns[i] ?? null, from, to, at);
    });
    for (let row = from; row < to; row++) this.#lines[at + row - from] = block.lineOf(row);
    for (const [row, refusal] of block.unparsable ?? [])
      if (row >= from && row < to) this.#unparsable.set(at + row - from, refusal);
    this.#rows += to - from;
    this.#sawRows ||= to > from;
    return this.#rows === this.#chunkRows ? this.#take() : undefined;
  }

  /** @returns the chunk that this ends: it holds `chunkRows` malformed rows, and no more than as many others */
  malformed(row: MalformedRow): Omit<TypedChunk, 'bytesRead'> | undefined {
    this.#sawRows = true;
    return this.#malformed.push(row) === this.#chunkRows ? this.#take() : undefined;
  }

  /** What is left at the end of the file: fewer than `chunkRows` rows, perhaps malformed ones only. */
  takeRest(): Omit<TypedChunk, 'bytesRead'> | undefined {
    return this.#rows + this.#malformed.length > 0 ? this.#take() : undefined;
  }

  #take(): Omit<TypedChunk, 'bytesRead'> {
    const rows = this.#rows;
    const lines = this.#lines;
    const chunk = {
      table: new TypedTable(
        rows,
        this.#specs.map(({ name }) => name),
        this.#columns.map((column) => shortened(column, rows)),
      ),
      unparsable: this.#unparsable,
      malformed: this.#malformed,
      lineOf: (row: number): number => lines[row]!,
    };
    this.#columns = this.#specs.map((spec) => emptyColumn(spec, this.#chunkRows));
    this.#lines = new Float64Array(this.#chunkRows);
    this.#unparsable = new Map();
    this.#malformed = [];
    this.#rows = 0;
    return chunk;
  }
}

function emptyColumn({ type }: ColumnSpec, rows: number): TypedColumn {
  return type === 'text'
    ? { type, values: new Array<string>(rows).fill('') }
    : { type, values: new Float64Array(rows) };
}

/** Where the file lacks the column, its cells are missing: empty texts are there already. */
function copyCells(
  column: TypedColumn,
  cells: RowBlock['columns'][number],
  from: number,
  to: number,
  at: number,
): void {
  if (cells === null) {
    if (column.type !== 'text') column.values.fill(Number.NaN, at, at + to - from);
    return;
  }
  if (column.values instanceof Float64Array && cells instanceof Float64Array) {
    column.values.set(cells.subarray(from, to), at);
    return;
  }
  const values = column.values as (string | number)[];
  for (let row = from; row < to; row++) values[at + row - from] = cells[row]!;
}

function shortened(column: TypedColumn, rows: number): TypedColumn {
  if (column.values.length === rows) return column;
  return column.type === 'text'
    ? { type: column.type, values: column.values.slice(0, rows) }
    : { type: column.type, values: column.values.subarray(0, rows) };
}
