import type { TypedColumn, TypedTable } from './typed-table.js';

/** Duplicates are looked for within windows of this many rows, counted from the start of each file. */
export const DUPLICATE_WINDOW_ROWS = 100_000;

/**
 * Finds rows that repeat an earlier row of their window exactly (missing equals missing). It compares values, not only hashes,
 * and keeps the rows of one window: flat memory, and the same answer whatever the chunk size.
 */
export class DuplicateWindow {
  readonly #windowRows: number;
  /** Open addressing: row of the window + 1, or 0. At most half full. */
  readonly #slots: Int32Array;
  readonly #mask: number;
  #kept: ColumnStore[] = [];
  #rows = 0;

  constructor(windowRows: number = DUPLICATE_WINDOW_ROWS) {
    this.#windowRows = windowRows;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(windowRows * 2)));
    this.#mask = this.#slots.length - 1;
  }

  /**
   * Shows the next row of the file.
   * @param hash any hash of the row's content
   */
  isRepeat(table: TypedTable, row: number, hash: number): boolean {
    if (this.#rows === this.#windowRows) this.#restart();
    if (this.#kept.length === 0) this.#kept = table.columns.map((column) => storeFor(column, this.#windowRows));
    const at = this.#rows++;
    for (let c = 0; c < this.#kept.length; c++) this.#kept[c]!.put(at, table.columns[c]!, row);
    let slot = hash & this.#mask;
    for (let other = this.#slots[slot]!; other !== 0; other = this.#slots[slot]!) {
      if (this.#same(other - 1, at)) return true;
      slot = (slot + 1) & this.#mask;
    }
    this.#slots[slot] = at + 1;
    return false;
  }

  #same(a: number, b: number): boolean {
    return this.#kept.every((store) => store.same(a, b));
  }

  #restart(): void {
    this.#slots.fill(0);
    this.#rows = 0;
  }
}

interface ColumnStore {
  put(at: number, column: TypedColumn, row: number): void;
  same(a: number, b: number): boolean;
}

function storeFor(column: TypedColumn, rows: number): ColumnStore {
  if (column.type === 'text') {
    const texts = new Array<string>(rows).fill('');
    return {
      put: (at, from, row) => {
        texts[at] = from.values[row] as string;
      },
      same: (a, b) => texts[a] === texts[b],
    };
  }
  const numbers = column.type === 'number' ? new Float32Array(rows) : new Float64Array(rows);
  return {
    put: (at, from, row) => {
      numbers[at] = from.values[row] as number;
    },
    same: (a, b) => numbers[a] === numbers[b] || (Number.isNaN(numbers[a]!) && Number.isNaN(numbers[b]!)),
  };
}
