import type { TypedColumn, TypedTable } from './typed-table.js';

const WINDOW_ROWS = 100_000;
/** Some 80 MB of texts. */
const WINDOW_CELLS = 10_000_000;

/**
 * Duplicates are looked for within windows of this many rows, counted from the start of each file: 100,000, and fewer in a table
 * of more than 100 columns, whose windows would not fit into memory.
 */
export function duplicateWindowRows(columns: number): number {
  return Math.min(WINDOW_ROWS, Math.ceil(WINDOW_CELLS / columns));
}

/**
 * Finds rows that repeat an earlier row of their window exactly (missing equals missing). It compares values, not only hashes,
 * and keeps the rows of one window: flat memory, and the same answer whatever the chunk size.
 */
export class DuplicateWindow {
  readonly #windowRows: number;
  /** Open addressing: row of the window + 1, or 0. At most half full. */
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #hashes: Uint32Array;
  #kept: readonly ColumnStore[] = [];
  #rows = 0;

  constructor(windowRows: number) {
    this.#windowRows = windowRows;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(windowRows * 2)));
    this.#mask = this.#slots.length - 1;
    this.#hashes = new Uint32Array(windowRows);
  }

  /**
   * Shows the next rows of the file.
   * @param hashes any hash of each row's content
   * @param unparsable rows that hold nonsense: they repeat nothing, and nothing repeats them
   * @returns 1 for every row that repeats an earlier one, else 0
   */
  repeats(table: TypedTable, hashes: Uint32Array, unparsable: ReadonlyMap<number, unknown>): Uint8Array {
    if (this.#kept.length === 0) this.#kept = table.columns.map((column) => storeFor(column, this.#windowRows));
    const repeats = new Uint8Array(table.rows);
    for (let from = 0; from < table.rows; ) {
      if (this.#rows === this.#windowRows) this.#restart();
      const to = Math.min(table.rows, from + this.#windowRows - this.#rows);
      for (const [c, store] of this.#kept.entries()) store.put(this.#rows, table.columns[c]!, from, to);
      for (let row = from; row < to; row++) {
        if (unparsable.has(row)) this.#rows++;
        else if (this.#isRepeat(hashes[row]!)) repeats[row] = 1;
      }
      from = to;
    }
    return repeats;
  }

  /** Of the window's next row, whose values are stored already. */
  #isRepeat(hash: number): boolean {
    const at = this.#rows++;
    this.#hashes[at] = hash;
    let slot = hash & this.#mask;
    for (let other = this.#slots[slot]!; other !== 0; other = this.#slots[slot]!) {
      if (this.#hashes[other - 1] === hash && this.#same(other - 1, at)) return true;
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
  /** Takes a chunk's rows `from` .. `to` (exclusive) as rows `at` .. of the window. */
  put(at: number, column: TypedColumn, from: number, to: number): void;
  same(a: number, b: number): boolean;
}

function storeFor(column: TypedColumn, rows: number): ColumnStore {
  if (column.type === 'text') {
    const texts = new Array<string>(rows).fill('');
    return {
      put: (at, { values }, from, to) => {
        for (let row = from; row < to; row++) texts[at + row - from] = values[row] as string;
      },
      same: (a, b) => texts[a] === texts[b],
    };
  }
  const numbers = column.type === 'number' ? new Float32Array(rows) : new Float64Array(rows);
  return {
    put: (at, { values }, from, to) => numbers.set((values as Float64Array).subarray(from, to), at),
    same: (a, b) => numbers[a] === numbers[b] || (Number.isNaN(numbers[a]!) && Number.isNaN(numbers[b]!)),
  };
}
