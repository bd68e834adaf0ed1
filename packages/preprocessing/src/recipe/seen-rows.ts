import { rowHashes } from '../row-hash.js';
import type { TypedColumn, TypedTable } from '../typed-table.js';

const FIRST_CAPACITY = 2 ** 12;
/** Any seed but the 0 of the hash that splits rows. */
const SECOND_SEED = 0x9747b28c;

/**
 * Remembers rows by 64 bits of hash, which is 16 to 32 bytes a row: among 50 million rows, two different ones are taken for the
 * same with a chance of 1 in 7,000.
 */
export class SeenRows {
  /** Open addressing: both halves of a hash; an entry of 0, 0 is free. At most half full. */
  #slots = new Uint32Array(FIRST_CAPACITY * 2);
  #count = 0;

  /** Says of a row whether it is new, and remembers it. */
  checker(table: TypedTable, columns: readonly TypedColumn[]): (row: number) => boolean {
    const low = rowHashes(table, columns);
    const high = rowHashes(table, columns, SECOND_SEED);
    return (row) => this.#add(low[row]!, (high[row]! | 1) >>> 0); // so that no row looks like a free entry
  }

  #add(low: number, high: number): boolean {
    if (this.#count * 4 >= this.#slots.length) this.#grow();
    const at = this.#find(low, high);
    if (this.#slots[at + 1] !== 0) return false;
    this.#slots[at] = low;
    this.#slots[at + 1] = high;
    this.#count++;
    return true;
  }

  /** Where a hash is, or would go. */
  #find(low: number, high: number): number {
    const mask = this.#slots.length / 2 - 1;
    let entry = low & mask;
    while (this.#slots[entry * 2 + 1] !== 0 && (this.#slots[entry * 2] !== low || this.#slots[entry * 2 + 1] !== high))
      entry = (entry + 1) & mask;
    return entry * 2;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      if (old[at + 1] === 0) continue;
      const free = this.#find(old[at]!, old[at + 1]!);
      this.#slots[free] = old[at]!;
      this.#slots[free + 1] = old[at + 1]!;
    }
  }
}
