import type { TypedColumn, TypedTable } from './typed-table.js';

const scratch = new DataView(new ArrayBuffer(8));
const NAN_BITS = 0x7fc00000;

/**
 * A 32-bit hash of a row's content: MurmurHash3 (x86, 32 bits, seed 0) over 32-bit words, column by column in the recipe's
 * order. A number gives the bits of its float32 rounding; an integer or timestamp the high and low bits of its float64; text its
 * length and then its UTF-16 units, one word each. -0 counts as 0; a missing number gives 0x7fc00000 (twice in float64).
 * Columns that the recipe does not declare (taxi: `key`) take no part, nor do file, line or chunk.
 * @returns 0 .. 2^32 - 1
 */
export function rowHash(table: TypedTable, row: number): number {
  let hash = 0;
  let words = 0;
  for (const column of table.columns) {
    words += wordsOf(column, row);
    hash = mixColumn(hash, column, row);
  }
  return avalanche(hash ^ (words * 4));
}

function wordsOf(column: TypedColumn, row: number): number {
  switch (column.type) {
    case 'number':
      return 1;
    case 'integer':
    case 'timestamp':
      return 2;
    case 'text':
      return 1 + column.values[row]!.length;
  }
}

function mixColumn(hash: number, column: TypedColumn, row: number): number {
  switch (column.type) {
    case 'number':
      return mix(hash, float32Bits(column.values[row]!));
    case 'integer':
    case 'timestamp':
      return mixFloat64(hash, column.values[row]!);
    case 'text':
      return mixText(hash, column.values[row]!);
  }
}

function float32Bits(value: number): number {
  if (Number.isNaN(value)) return NAN_BITS;
  scratch.setFloat32(0, value + 0);
  return scratch.getInt32(0);
}

function mixFloat64(hash: number, value: number): number {
  if (Number.isNaN(value)) return mix(mix(hash, NAN_BITS), NAN_BITS);
  scratch.setFloat64(0, value + 0);
  return mix(mix(hash, scratch.getInt32(0)), scratch.getInt32(4));
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
