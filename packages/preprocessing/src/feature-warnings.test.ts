import { describe, expect, it } from 'vitest';
import type { FeatureStatistics } from './feature-statistics.js';
import { featureWarnings } from './feature-warnings.js';
import type { LearnedValue, StoredColumn } from './recipe/feature.js';

interface Column {
  readonly categories: StoredColumn['categories'];
  readonly statistics: FeatureStatistics;
  readonly learned?: LearnedValue;
}

const number = (min: number, max: number): Column => ({
  categories: null,
  statistics: { kind: 'number', mean: (min + max) / 2, std: max - min, min, max },
});

const category = (categories: readonly string[], counts: readonly number[], none: number, others = 0): Column => ({
  categories,
  statistics: { kind: 'category', counts, none },
  learned: { kind: 'categories', categories, others, shortfall: 0 },
});

function warningsAbout({ categories, statistics, learned }: Column) {
  return featureWarnings({
    features: [{ name: 'zone', categories }],
    featureStatistics: [statistics],
    learned: { cuts: null, features: learned === undefined ? {} : { zone: learned } },
  });
}

describe('a feature that says nothing', () => {
  it.each([
    { name: 'a number', column: number(7, 7), text: 'the same number in all training rows' },
    { name: 'always missing', column: category([], [], 40), text: 'missing in all training rows' },
    {
      name: 'too many rare values',
      column: category([], [], 40, 12),
      text: 'none of its 12 values has enough training rows for a category',
    },
    { name: 'one value', column: category(['a'], [40], 0), text: 'a in all training rows' },
    { name: 'one of its known values', column: category(['a', 'b'], [0, 40], 0), text: 'b in all training rows' },
    {
      name: 'known values that never occur',
      column: category(['a', 'b'], [0, 0], 40),
      text: 'no training row has one of its 2 categories',
    },
  ])('is warned about: $name', ({ column, text }) => {
    expect(warningsAbout(column)).toEqual([{ feature: 'zone', text }]);
  });

  it.each([
    { name: 'two numbers', column: number(7, 7.5) },
    { name: 'two categories', column: category(['a', 'b'], [39, 1], 0) },
    { name: 'one category, and rows without it', column: category(['a'], [39], 1) },
  ])('is not warned about: $name', ({ column }) => expect(warningsAbout(column)).toEqual([]));
});
