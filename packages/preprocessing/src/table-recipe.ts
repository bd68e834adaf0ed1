import type { Feature } from './recipe/feature.js';
import type { NumberExpression } from './recipe/number-expression.js';
import type { Rule } from './recipe/rule.js';
import type { SplitRule } from './split-rule.js';
import type { TimestampFormat } from './timestamp.js';

/**
 * `number` and `integer` (whole, exact) are float64, `timestamp` is milliseconds since 1970 UTC in float64, `text` stays as it
 * is. A missing value is NaN, or the empty text. Features and labels are rounded to float32 when they are stored, and rows whose
 * numbers agree in float32 count as the same row.
 */
export type ColumnType = 'number' | 'integer' | 'text' | 'timestamp';

/** A column the recipe reads. Columns of the file that no recipe declares are ignored. */
export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  /** The file may lack it, and its cells may be empty. Default: required. */
  readonly optional?: boolean;
  /** Of a timestamp column: the ways of writing a time that it accepts. Default: `iso` alone. */
  readonly formats?: readonly TimestampFormat[];
  /** Of a column of numbers or times: texts that stand for an empty cell, such as `NULL`. Default: none. */
  readonly nulls?: readonly string[];
}

/** A feature under its name, in the group that a network may be denied as a whole. */
export interface NamedFeature {
  readonly group: string;
  readonly name: string;
  readonly feature: Feature;
}

/**
 * Everything that turns a table into a matrix, row by row, so that it streams: plain data, as `recipe(...)` makes it. The data
 * itself is part of the cache key of what was prepared, so a changed recipe is never mistaken for the old one.
 */
export interface TableRecipe {
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
  /** What a model learns to predict. */
  readonly label: { readonly name: string; readonly value: NumberExpression };
  /** Applied in order after exact duplicates and rows with missing values are dropped. */
  readonly rules: readonly Rule[];
  readonly split: SplitRule;
  /** In the order of the stored columns; the features of a group stand together. */
  readonly features: readonly NamedFeature[];
}
