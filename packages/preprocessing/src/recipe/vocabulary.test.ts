import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bins, type CategoryFeature, category, geohash, hashed, pair } from './category-builders.js';
import { hour, point, weekday } from './number-builders.js';
import { pairName, pairParts } from './pair-reader.js';
import { tableOf, typesIn } from './table-of.test.kit.js';
import { CategoryLearner, categoryIndexer, fixedCategories } from './vocabulary.js';

const SATURDAY = new Date('2013-07-06T17:18:00Z');
const COLUMNS = {
  from: ['7', '43', '', '7', '7', '43'],
  to: ['1', '2', '1', '2', '1', '2'],
  seats: [1, 2.5, 2.5, null, 1, 2.5],
  when: [SATURDAY, SATURDAY, null, SATURDAY, new Date('2013-07-08T00:00:00Z'), SATURDAY],
  lat: [40.769802, 40.783282, null, 40.769802, 0, 40.783282],
  lon: [-73.984365, -73.950655, 0, -73.984365, 0, -73.950655],
};
const TABLE = tableOf(COLUMNS);
const HERE = point('lat', 'lon');

/** What a feature makes of all rows after learning from some. */
function learnedOn(feature: CategoryFeature, rows: readonly number[] = [0, 1, 2, 3, 4, 5]) {
  const { key, vocabulary } = feature;
  if (vocabulary.kind !== 'learned') throw new Error('a feature that learns expected');
  const learner = new CategoryLearner(key, vocabulary, typesIn(COLUMNS));
  learner.observe(TABLE, Int32Array.from(rows));
  const learned = learner.learned();
  return { learned, indices: indicesOf(feature, learned.categories) };
}

function indicesOf({ key, vocabulary }: CategoryFeature, categories: readonly string[]): number[] {
  return [...categoryIndexer(key, vocabulary, categories, typesIn(COLUMNS))(TABLE)];
}

describe('a category that is learned', () => {
  it.each([
    { name: 'of texts', feature: category('from'), categories: ['7', '43'], indices: [0, 1, -1, 0, 0, 1] },
    { name: 'of numbers', feature: category('seats'), categories: ['2.5', '1'], indices: [1, 0, 0, -1, 1, 0] },
    {
      name: 'of three rows or more',
      feature: category('from', { min: 3 }),
      categories: ['7'],
      indices: [0, -1, -1, 0, 0, -1],
    },
    {
      name: 'the most frequent one',
      feature: category('to', { top: 1 }),
      categories: ['1'],
      indices: [0, -1, 0, -1, 0, -1],
    },
    {
      name: 'of places',
      feature: geohash(HERE, 5),
      categories: ['dr5ru', 'dr72j', '7zzzz'],
      indices: [0, 1, -1, 0, 2, 1],
    },
    {
      name: 'of pairs',
      feature: pair('from', 'to'),
      categories: ['43|2', '7|1', '7|2'],
      indices: [1, 0, -1, 2, 1, 0],
    },
    {
      name: 'of pairs of anything',
      feature: pair(weekday('when'), geohash(HERE, 4), { min: 2 }),
      categories: ['sat|dr5r', 'sat|dr72'],
      indices: [0, 1, -1, 0, -1, 1],
    },
    {
      name: 'of pairs within pairs',
      feature: pair(pair('from', 'to'), 'seats', { top: 1 }),
      categories: ['43\\|2|2.5'],
      indices: [-1, 0, -1, -1, -1, 0],
    },
  ])('$name', ({ feature, categories, indices }) => {
    const { learned, indices: found } = learnedOn(feature);
    expect(learned).toMatchObject({ categories, shortfall: 0 });
    expect(found).toEqual(indices);
  });

  it('knows nothing of rows that it did not learn from', () => {
    const { learned, indices } = learnedOn(pair('from', 'to'), [0, 4]);
    expect(learned).toEqual({ kind: 'categories', categories: ['7|1'], others: 0, shortfall: 0 });
    expect(indices).toEqual([0, -1, -1, -1, 0, -1]);
  });

  it('tells how many values were not taken', () => {
    expect(learnedOn(category('from', { min: 3 })).learned.others).toBe(1);
  });
});

describe('a category that is fixed', () => {
  it.each([
    { name: 'listed', feature: category('from', { known: ['43', '9'] }), size: 2, indices: [-1, 0, -1, -1, -1, 0] },
    { name: 'listed numbers', feature: category('seats', { known: ['1'] }), size: 1, indices: [0, -1, -1, -1, 0, -1] },
    {
      name: 'of weekdays',
      feature: { kind: 'category', key: weekday('when'), vocabulary: { kind: 'counted' } },
      size: 7,
      indices: [5, 5, -1, 5, 0, 5],
    },
    { name: 'of bins', feature: bins('seats', [2, 2.5]), size: 3, indices: [0, 2, 2, -1, 0, 2] },
    { name: 'of one bucket', feature: hashed('from', 1), size: 1, indices: [0, 0, -1, 0, 0, 0] },
    {
      name: 'of listed pairs',
      feature: pair('from', 'to', { known: ['7|2', '43|2'] }),
      size: 2,
      indices: [-1, 1, -1, 0, -1, 1],
    },
  ] satisfies { name: string; feature: CategoryFeature; size: number; indices: number[] }[])(
    '$name',
    ({ feature, size, indices }) => {
      const categories = fixedCategories(feature.key, feature.vocabulary)!;
      expect(categories).toHaveLength(size);
      expect(indicesOf(feature, categories)).toEqual(indices);
    },
  );

  it('throws texts into all buckets alike', () => {
    const words = Array.from({ length: 10_000 }, (_, i) => `word ${i}`);
    const { key, vocabulary } = hashed('word', 16);
    const indices = categoryIndexer(key, vocabulary, [], () => 'text')(tableOf({ word: words }));
    const counts = new Float64Array(16);
    for (const index of indices) counts[index]!++;
    // 15 degrees of freedom: P(chi2 > 50) < 1.5e-5.
    expect(counts.reduce((sum, count) => sum + (count - 625) ** 2 / 625, 0)).toBeLessThan(50);
  });
});

it('names every pair differently, and finds its parts again', () => {
  const part = fc.string({ unit: fc.constantFrom('a', '|', '\\', '\n') });
  fc.assert(
    fc.property(part, part, (first, second) => {
      expect(pairParts(pairName(first, second))).toEqual([first, second]);
    }),
  );
});

it.each([
  { name: 'known values that repeat', build: () => category('a', { known: ['x', 'x'] }), says: /each once/ },
  { name: 'an empty list', build: () => category('a', { known: [] }), says: /one value at least/ },
  { name: 'no row at least', build: () => category('a', { min: 0 }), says: /min is 0/ },
  { name: 'no bucket', build: () => hashed('a', 0), says: /buckets is 0/ },
  { name: 'a geohash that is none', build: () => geohash(HERE, 5, { known: ['dr5ra'] }), says: /dr5ra is no geohash/ },
  { name: 'a geohash of another length', build: () => geohash(HERE, 4, { known: ['dr5ru'] }), says: /of 4 characters/ },
  { name: 'edges that fall', build: () => bins('a', [2, 1]), says: /rising edges/ },
])('refuses $name', ({ build, says }) => expect(build).toThrow(says));

it('pairs hours too', () => {
  expect(learnedOn(pair(hour('when'), 'to')).learned.categories).toEqual(['17|2', '00|1', '17|1']);
});
