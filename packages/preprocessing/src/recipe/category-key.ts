import type { ColumnType } from '../table-recipe.js';
import { type CalendarPart, calendarNames } from '../transforms/calendar.js';
import { geohashCell, geohashCells, geohashText } from '../transforms/geohash.js';
import { hashBuckets } from '../transforms/hash-buckets.js';
import type { TypedTable } from '../typed-table.js';
import { columnsOfNumber, evaluateNumber, type NumberExpression, type Point } from './number-expression.js';
import { pairReader } from './pair-reader.js';

/** What makes rows alike, as plain data. */
export type CategoryKey = CountedKey | NamedKey;

/** Keys that are numbered from 0 to a known end. */
export type CountedKey =
  | { readonly kind: 'calendar'; readonly part: CalendarPart; readonly column: string; readonly zone: string }
  /** Below the first edge, from there to the second, ... from the last edge on. */
  | { readonly kind: 'bins'; readonly of: NumberExpression; readonly edges: readonly number[] }
  /** Texts thrown into buckets by a hash: any number of values, some of which share a bucket. */
  | { readonly kind: 'hashed'; readonly column: string; readonly buckets: number };

/** Keys that must be listed, or learned from the rows. */
export type NamedKey =
  /** The cells of a text, integer or number column. */
  | { readonly kind: 'values'; readonly column: string }
  | { readonly kind: 'geohash'; readonly at: Point; readonly precision: number }
  | { readonly kind: 'pair'; readonly of: readonly [CategoryKey, CategoryKey] };

/** The keys of a chunk's rows: texts or numbers; the empty text or NaN where a row has none. */
export type KeyColumn = readonly string[] | Float64Array;

/** Reads keys, and turns them into names and back. One reader serves one purpose: it may remember what it met. */
export interface KeyReader {
  keys(table: TypedTable): KeyColumn;
  nameOf(key: string | number): string;
  /** The key of a name as {@link nameOf} gives it. */
  keyOf(name: string): string | number;
}

export function isCounted(key: CategoryKey): key is CountedKey {
  return key.kind === 'calendar' || key.kind === 'bins' || key.kind === 'hashed';
}

/** The names of counted keys, in order. A year has no end: it is no category. */
export function countedNames(key: CountedKey): readonly string[] {
  switch (key.kind) {
    case 'calendar':
      return calendarNames(key.part) ?? [];
    case 'bins': {
      const { edges } = key;
      return [`<${edges[0]}`, ...edges.slice(1).map((edge, i) => `${edges[i]}..${edge}`), `>=${edges.at(-1)}`];
    }
    case 'hashed':
      return Array.from({ length: key.buckets }, (_, bucket) => String(bucket));
  }
}

/** The numbers of counted keys: NaN where a row has none. */
export function countedKeys(key: CountedKey, table: TypedTable): Float64Array {
  switch (key.kind) {
    case 'calendar':
      return evaluateNumber(key, table);
    case 'bins':
      return evaluateNumber(key.of, table).map((x) => (Number.isNaN(x) ? x : binOf(x, key.edges)));
    case 'hashed':
      return hashBuckets(table.texts(key.column), key.buckets);
  }
}

function binOf(x: number, edges: readonly number[]): number {
  let bin = 0;
  while (bin < edges.length && x >= edges[bin]!) bin++;
  return bin;
}

export function columnsOfKey(key: CategoryKey): readonly string[] {
  switch (key.kind) {
    case 'calendar':
    case 'hashed':
    case 'values':
      return [key.column];
    case 'bins':
      return columnsOfNumber(key.of);
    case 'geohash':
      return [key.at.latitude, key.at.longitude];
    case 'pair':
      return key.of.flatMap(columnsOfKey);
  }
}

/** What a reader of keys must know of a column. */
export type TypeOf = (column: string) => ColumnType;

/**
 * @param purpose to learn which keys there are, or to look up keys that were listed with {@link KeyReader.keyOf}
 */
export function keyReader(key: CategoryKey, purpose: 'learn' | 'apply', typeOf: TypeOf): KeyReader {
  switch (key.kind) {
    case 'calendar':
    case 'bins':
    case 'hashed':
      return countedReader(key);
    case 'values': {
      const { column } = key;
      const isText = typeOf(column) === 'text';
      return {
        keys: (table) => (isText ? table.texts(column) : table.numbers(column)),
        nameOf: String,
        keyOf: isText ? (name) => name : Number,
      };
    }
    case 'geohash': {
      const { at, precision } = key;
      return {
        keys: (table) => geohashCells(table.numbers(at.latitude), table.numbers(at.longitude), precision),
        nameOf: (cell) => geohashText(Number(cell), precision),
        keyOf: geohashCell,
      };
    }
    case 'pair': {
      const [first, second] = key.of;
      return pairReader(keyReader(first, purpose, typeOf), keyReader(second, purpose, typeOf), purpose);
    }
  }
}

function countedReader(key: CountedKey): KeyReader {
  const names = countedNames(key);
  return {
    keys: (table) => countedKeys(key, table),
    nameOf: (number) => names[Number(number)]!,
    keyOf: (name) => names.indexOf(name),
  };
}
