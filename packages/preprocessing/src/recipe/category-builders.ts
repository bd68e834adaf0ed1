import { PreprocessingError } from '../preprocessing-error.js';
import { MAX_GEOHASH_PRECISION } from '../transforms/geohash.js';
import { type CategoryKey, isCounted } from './category-key.js';
import type { Feature } from './feature.js';
import { type NumberLike, numberOf } from './number-builders.js';
import type { NumberExpression, Point } from './number-expression.js';
import type { Vocabulary } from './vocabulary.js';

export type CategoryFeature = Extract<Feature, { kind: 'category' }>;

/**
 * Which values become categories; all others have the index -1. `known` lists them in the order of their index. Otherwise they
 * are learned from the training rows: those with at least `min` rows (default 1), of these the `top` most frequent (default all).
 */
export type VocabularyOptions =
  | { readonly known: readonly string[] }
  | { readonly known?: never; readonly min?: number; readonly top?: number };

/** The values of a text, integer or number column. @throws {PreprocessingError} BAD_OPTION */
export function category(column: string, options: VocabularyOptions = {}): CategoryFeature {
  return { kind: 'category', key: { kind: 'values', column }, vocabulary: vocabularyOf(options) };
}

/** The texts of a column, thrown into buckets by a hash: for columns with more values than can be kept. @throws {PreprocessingError} BAD_OPTION */
export function hashed(column: string, buckets: number): CategoryFeature {
  requireWhole('buckets', buckets, 1, 2 ** 24);
  return { kind: 'category', key: { kind: 'hashed', column, buckets }, vocabulary: { kind: 'counted' } };
}

/** A number by the bin it falls into: below the first edge, from there to the second, ... @throws {PreprocessingError} BAD_OPTION */
export function bins(of: NumberLike, edges: readonly number[]): CategoryFeature {
  if (edges.length === 0 || !edges.every((edge, i) => edge > (edges[i - 1] ?? Number.NEGATIVE_INFINITY)))
    throw new PreprocessingError('BAD_OPTION', `bins with the edges ${edges.join(', ')}`, { expected: 'rising edges' });
  return { kind: 'category', key: { kind: 'bins', of: numberOf(of), edges }, vocabulary: { kind: 'counted' } };
}

/**
 * The geohash cell of a place.
 * @param precision characters: 5 is about 4.9 x 4.9 km, 6 1.2 x 0.6 km, 7 150 x 150 m
 * @throws {PreprocessingError} BAD_OPTION
 */
export function geohash(at: Point, precision: number, options: VocabularyOptions = {}): CategoryFeature {
  requireWhole('precision', precision, 1, MAX_GEOHASH_PRECISION);
  const stray = options.known?.find((cell) => !new RegExp(`^[0-9b-hjkmnp-z]{${precision}}$`).test(cell));
  if (stray !== undefined)
    throw new PreprocessingError('BAD_OPTION', `${stray} is no geohash of ${precision} characters`);
  return { kind: 'category', key: { kind: 'geohash', at, precision }, vocabulary: vocabularyOf(options) };
}

/** A part of a pair: a column's name, a category (its vocabulary plays no part), or a part of the calendar. */
export type PairPart = string | CategoryFeature | Extract<NumberExpression, { kind: 'calendar' }>;

/**
 * Both of two things at once, as from which zone to which. Categories are named `first|second`.
 * @throws {PreprocessingError} BAD_OPTION
 */
export function pair(first: PairPart, second: PairPart, options: VocabularyOptions = {}): CategoryFeature {
  const key = { kind: 'pair', of: [keyOf(first), keyOf(second)] } as const;
  return { kind: 'category', key, vocabulary: vocabularyOf(options) };
}

/** A number expression as a feature: a part of the calendar that comes round is a category, everything else a number. */
export function featureOf(expression: NumberExpression): Feature {
  return expression.kind === 'calendar' && expression.part !== 'year'
    ? { kind: 'category', key: expression, vocabulary: { kind: 'counted' } }
    : { kind: 'number', of: expression };
}

function keyOf(part: PairPart): CategoryKey {
  if (typeof part === 'string') return { kind: 'values', column: part };
  return part.kind === 'category' ? part.key : yearless(part);
}

/** Years have no end: they are told apart by their number. */
function yearless(part: Extract<NumberExpression, { kind: 'calendar' }>): CategoryKey {
  if (isCounted(part) && part.part !== 'year') return part;
  throw new PreprocessingError('BAD_OPTION', 'a year cannot be part of a pair', { expected: 'bins(year(...), [...])' });
}

function vocabularyOf(options: VocabularyOptions): Vocabulary {
  if (options.known !== undefined) {
    const { known } = options;
    if (known.length === 0 || new Set(known).size !== known.length || known.includes(''))
      throw new PreprocessingError('BAD_OPTION', `known is ${JSON.stringify(known)}`, {
        expected: 'one value at least, each once, none empty',
      });
    return { kind: 'known', categories: known };
  }
  const { min = 1, top = null } = options;
  requireWhole('min', min, 1, Number.MAX_SAFE_INTEGER);
  if (top !== null) requireWhole('top', top, 1, Number.MAX_SAFE_INTEGER);
  return { kind: 'learned', min, top };
}

function requireWhole(name: string, value: number, low: number, high: number): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw new PreprocessingError('BAD_OPTION', `${name} is ${value}`, {
    expected: `a whole number from ${low} to ${high}`,
  });
}
