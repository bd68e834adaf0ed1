import type { TypedColumn, TypedTable } from './typed-table.js';

const NAN_BITS = 0x7fc00000;

/**
 * A 32-bit hash of each row's content: MurmurHash3 (x86, 32 bits) over 32-bit words, column by column in the recipe's order. A
 * number gives the bits of its float32 rounding; an integer or timestamp the high and low bits of its float64; text its length
 * and then its UTF-16 units, one word each. -0 counts as 0; a missing number gives 0x7fc00000 (twice in float64). Columns that
 * the recipe does not declare (taxi: `key`) take no part, nor do file, line or chunk.
 * @param columns which take part; default all
 * @param seed another seed is another hash
 * @returns 0 .. 2^32 - 1 for each row
 */
export function rowHashes(table: TypedTable, columns: readonly TypedColumn[] = table.columns, seed = 0): Uint32Array {
  const hashes = new Int32Array(table.rows).fill(seed);
  const words = new Int32Array(table.rows);
  for (const column of columns) mixColumn(hashes, words, column);
  const mixed = new Uint32Array(table.rows);
  for (let row = 0; row < mixed.length; row++) mixed[row] = avalanche(hashes[row]! ^ (words[row]! * 4));
  return mixed;
}

/** The same hash of one text. @returns 0 .. 2^32 - 1 */
export function textHash(text: string): number {
  return avalanche(mixText(0, text) ^ ((1 + text.length) * 4));
}

/** Mixes a column into the rows' hashes, and counts the words of each row. */
function mixColumn(hashes: Int32Array, words: Int32Array, column: TypedColumn): void {
  switch (column.type) {
    case 'number':
      mixFloat32s(hashes, words, column.values);
      return;
    case 'integer':
    case 'timestamp':
      mixFloat64s(hashes, words, column.values);
      return;
    case 'text':
      for (let row = 0; row < hashes.length; row++) {
        const text = column.values[row]!;
        hashes[row] = mixText(hashes[row]!, text);
        words[row]! += 1 + text.length;
      }
      return;
  }
}

function mixFloat32s(hashes: Int32Array, words: Int32Array, values: Float64Array): void {
  const rounded = new Float32Array(1);
  const bits = new Int32Array(rounded.buffer);
  for (let row = 0; row < hashes.length; row++) {
    rounded[0] = values[row]! + 0;
    hashes[row] = mix(hashes[row]!, Number.isNaN(values[row]!) ? NAN_BITS : bits[0]!);
    words[row]!++;
  }
}

function mixFloat64s(hashes: Int32Array, words: Int32Array, values: Float64Array): void {
  const scratch = new DataView(new ArrayBuffer(8));
  for (let row = 0; row < hashes.length; row++) {
    const isMissing = Number.isNaN(values[row]!);
    scratch.setFloat64(0, values[row]! + 0);
    const high = mix(hashes[row]!, isMissing ? NAN_BITS : scratch.getInt32(0));
    hashes[row] = mix(high, isMissing ? NAN_BITS : scratch.getInt32(4));
    words[row]! += 2;
  }
}

function mixText(hash: number, text: string): number {
  let mixed = mix(hash, text.length);
  for (let i = 0; i < text.length; i++) mixed = mix(mixed, text.charCodeAt(i));
  return mixed;
}

/** One round of MurmurHash3 x86_32 (Austin Appleby, public domain). */
function mix(hash: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  const rotated = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ rotated;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** MurmurHash3's finalizer: every bit of the input reaches every bit of the output. */
function avalanche(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
