import type { TimeCuts } from '../split-rule.js';
import type { ColumnSpec, ColumnType, TableRecipe } from '../table-recipe.js';
import {
  columnsOfFeature,
  type FeatureEvaluator,
  featureEvaluator,
  type LearnedValue,
  type StoredColumn,
  storedColumns,
} from './feature.js';

/** What a recipe learned from the rows before it was applied, as plain data; part of the manifest. */
export interface Learned {
  /** Of a split by the latest rows. */
  readonly cuts: TimeCuts | null;
  /** By feature name. */
  readonly features: Readonly<Record<string, LearnedValue>>;
}

/** For recipes that learn nothing. */
export const NOTHING_LEARNED: Learned = Object.freeze({ cuts: null, features: {} });

/** A named range of stored columns, `start` inclusive, `end` exclusive. */
export interface FeatureGroup {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A recipe's features, ready to be computed. */
export interface FeatureSet {
  readonly columns: readonly StoredColumn[];
  /** Cover the columns without gap or overlap. */
  readonly groups: readonly FeatureGroup[];
  readonly evaluate: FeatureEvaluator;
}

export function featureSet(recipe: TableRecipe, learned: Learned): FeatureSet {
  const typeOf = typesOf(recipe.columns);
  const parts = recipe.features.map(({ group, name, feature }) => {
    const value = learned.features[name] ?? null;
    return { group, columns: storedColumns(name, feature, value), evaluate: featureEvaluator(feature, value, typeOf) };
  });
  return {
    columns: parts.flatMap(({ columns }) => columns),
    groups: groupsOf(parts),
    evaluate: (table) => parts.flatMap(({ evaluate }) => evaluate(table)),
  };
}

/** The columns of the table that the features read, in the order of their declaration: all that a prediction needs. */
export function featureColumns(recipe: TableRecipe): readonly ColumnSpec[] {
  const read = new Set(recipe.features.flatMap(({ feature }) => columnsOfFeature(feature)));
  return recipe.columns.filter(({ name }) => read.has(name));
}

export function typesOf(columns: readonly ColumnSpec[]): (column: string) => ColumnType {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return (column) => types.get(column)!;
}

function groupsOf(parts: readonly { group: string; columns: readonly StoredColumn[] }[]): FeatureGroup[] {
  const groups: { name: string; start: number; end: number }[] = [];
  let end = 0;
  for (const { group, columns } of parts) {
    const last = groups.at(-1);
    if (last?.name === group) last.end += columns.length;
    else groups.push({ name: group, start: end, end: end + columns.length });
    end += columns.length;
  }
  return groups;
}
