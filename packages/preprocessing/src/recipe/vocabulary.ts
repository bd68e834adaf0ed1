import { FrequencyCounter } from '../transforms/frequency-counter.js';
import { filledColumn } from '../transforms/number-columns.js';
import type { TypedTable } from '../typed-table.js';
import { type CategoryKey, countedKeys, countedNames, isCounted, keyReader, type TypeOf } from './category-key.js';
import { isMissingKey } from './pair-reader.js';

/** Which keys become categories, as plain data. All others have the index -1. */
export type Vocabulary =
  /** Keys that count themselves: all of them. */
  | { readonly kind: 'counted' }
  | { readonly kind: 'known'; readonly categories: readonly string[] }
  /** Those of at least `min` training rows, and of these the `top` most frequent ones; null for all. */
  | { readonly kind: 'learned'; readonly min: number; readonly top: number | null };

/** Categories in the order of their index. */
export interface LearnedCategories {
  readonly kind: 'categories';
  readonly categories: readonly string[];
  /** How many keys the training rows held beside these. */
  readonly others: number;
  /** By how much the counts behind the choice may be too low; 0 below a million different keys. */
  readonly shortfall: number;
}

/** Learns a vocabulary from the training rows as they stream by. */
export class CategoryLearner {
  readonly #reader: ReturnType<typeof keyReader>;
  readonly #counter = new FrequencyCounter<string | number>();
  readonly #min: number;
  readonly #top: number | null;

  constructor(key: CategoryKey, { min, top }: { min: number; top: number | null }, typeOf: TypeOf) {
    this.#reader = keyReader(key, 'learn', typeOf);
    this.#min = min;
    this.#top = top;
  }

  observe(table: TypedTable, rows: Int32Array): void {
    const keys = this.#reader.keys(table);
    for (const row of rows) {
      const key = keys[row]!;
      if (!isMissingKey(key)) this.#counter.add(key);
    }
  }

  /** The most frequent ones first; those of one count in the order of their names. */
  learned(): LearnedCategories {
    const ranked = this.#counter.ranked((a, b) => order(this.#reader.nameOf(a), this.#reader.nameOf(b)));
    const enough = ranked.filter(({ count }) => count >= this.#min);
    const chosen = enough.slice(0, this.#top ?? enough.length);
    const categories = chosen.map(({ key }) => this.#reader.nameOf(key));
    const others = ranked.length - categories.length;
    return { kind: 'categories', categories, others, shortfall: this.#counter.shortfall };
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The names of a category's values when nothing has to be learned for it, else null. */
export function fixedCategories(key: CategoryKey, vocabulary: Vocabulary): readonly string[] | null {
  switch (vocabulary.kind) {
    case 'counted':
      return isCounted(key) ? countedNames(key) : null;
    case 'known':
      return vocabulary.categories;
    case 'learned':
      return null;
  }
}

/** Turns a chunk into category indices, one a row: -1 for none of the categories. */
export type CategoryIndexer = (table: TypedTable) => Float64Array;

export function categoryIndexer(
  key: CategoryKey,
  vocabulary: Vocabulary,
  categories: readonly string[],
  typeOf: TypeOf,
): CategoryIndexer {
  if (vocabulary.kind === 'counted' && isCounted(key)) return (table) => filledColumn(countedKeys(key, table), -1);
  const reader = keyReader(key, 'apply', typeOf);
  const positions = new Map(categories.map((name, index) => [reader.keyOf(name), index]));
  return (table) => {
    const keys = reader.keys(table);
    const indices = new Float64Array(table.rows);
    for (let row = 0; row < indices.length; row++) indices[row] = positions.get(keys[row]!) ?? -1;
    return indices;
  };
}
