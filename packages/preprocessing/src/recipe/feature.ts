import { circleColumns, scaledColumn } from '../transforms/number-columns.js';
import type { TypedTable } from '../typed-table.js';
import { type CategoryKey, columnsOfKey, type TypeOf } from './category-key.js';
import { type LearnedMoments, MomentsLearner } from './moments.js';
import { columnsOfNumber, evaluateNumber, type NumberExpression } from './number-expression.js';
import {
  CategoryLearner,
  categoryIndexer,
  fixedCategories,
  type LearnedCategories,
  type Vocabulary,
} from './vocabulary.js';

/** What a network may learn from, as plain data. */
export type Feature =
  | { readonly kind: 'number'; readonly of: NumberExpression }
  /** (x - mean) / deviation by the training rows; a number that never changes is only centred. */
  | { readonly kind: 'standardized'; readonly of: NumberExpression }
  /** Sine and cosine of a number that comes round: 23 o'clock is near 0. */
  | { readonly kind: 'cyclic'; readonly of: NumberExpression; readonly period: number }
  | { readonly kind: 'category'; readonly key: CategoryKey; readonly vocabulary: Vocabulary };

/** A column of the stored matrix. */
export interface StoredColumn {
  readonly name: string;
  /** Null: the column holds a number. Else a category's index, 0 .. categories.length - 1, or -1 for none of them. */
  readonly categories: readonly string[] | null;
}

/** What a feature learned from the training rows, as plain data. */
export type LearnedValue = LearnedMoments | LearnedCategories;

/** Learns from training rows as they stream by. */
export interface Learner {
  observe(table: TypedTable, rows: Int32Array): void;
  learned(): LearnedValue;
}

/** The values of the stored columns for every row of a chunk. The arrays may be the table's own: read them only. */
export type FeatureEvaluator = (table: TypedTable) => readonly Float64Array[];

/** The columns of the table that a feature reads. */
export function columnsOfFeature(feature: Feature): readonly string[] {
  return feature.kind === 'category' ? columnsOfKey(feature.key) : columnsOfNumber(feature.of);
}

/** What must see the training rows before the feature can be computed, or null. */
export function learnerOf(feature: Feature, typeOf: TypeOf): Learner | null {
  switch (feature.kind) {
    case 'number':
    case 'cyclic':
      return null;
    case 'standardized':
      return new MomentsLearner(feature.of);
    case 'category':
      return feature.vocabulary.kind === 'learned'
        ? new CategoryLearner(feature.key, feature.vocabulary, typeOf)
        : null;
  }
}

/** The stored columns of a feature. @param learned null where it has no learner */
export function storedColumns(name: string, feature: Feature, learned: LearnedValue | null): readonly StoredColumn[] {
  switch (feature.kind) {
    case 'number':
    case 'standardized':
      return [{ name, categories: null }];
    case 'cyclic':
      return ['sin', 'cos'].map((wave) => ({ name: `${name}_${wave}`, categories: null }));
    case 'category':
      return [{ name, categories: categoriesOf(feature, learned) }];
  }
}

/** Computes a feature's stored columns. @param learned null where it has no learner */
export function featureEvaluator(feature: Feature, learned: LearnedValue | null, typeOf: TypeOf): FeatureEvaluator {
  switch (feature.kind) {
    case 'number':
      return (table) => [evaluateNumber(feature.of, table)];
    case 'standardized': {
      const { mean, std } = learned?.kind === 'moments' ? learned : { mean: 0, std: 1 };
      const deviation = std > 0 ? std : 1;
      return (table) => [scaledColumn(evaluateNumber(feature.of, table), mean, deviation)];
    }
    case 'cyclic': {
      const { of, period } = feature;
      return (table) => circleColumns(evaluateNumber(of, table), period);
    }
    case 'category': {
      const index = categoryIndexer(feature.key, feature.vocabulary, categoriesOf(feature, learned), typeOf);
      return (table) => [index(table)];
    }
  }
}

function categoriesOf(
  { key, vocabulary }: Extract<Feature, { kind: 'category' }>,
  learned: LearnedValue | null,
): readonly string[] {
  return fixedCategories(key, vocabulary) ?? (learned?.kind === 'categories' ? learned.categories : []);
}
