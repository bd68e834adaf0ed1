import { PreprocessingError } from './preprocessing-error.js';
import type { TimestampFormat } from './timestamp.js';
import type { TypedTable } from './typed-table.js';

/** Plain data: what a recipe's options may hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

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

/** Rows for which `keep` says false are dropped, and counted under `name`. */
export interface CleaningRule {
  readonly name: string;
  /** Called once a chunk, so that columns are looked up once; the result is called once a row. */
  readonly keep: (table: TypedTable) => (row: number) => boolean;
}

/** A named range of feature columns, `start` inclusive, `end` exclusive. */
export interface FeatureGroup {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What a model learns to predict. */
export interface LabelSpec {
  readonly name: string;
  /** Columns that only the label needs: rows to predict may come without them. */
  readonly columns: readonly string[];
  readonly value: (table: TypedTable) => (row: number) => number;
}

/**
 * Shares of the training files' rows that become test and validation rows, taken by the hash of each row's content
 * ({@link rowHash}), so that the same row always lands on the same side. Rows of validation files are always validation rows.
 */
export interface SplitRule {
  readonly test: number;
  readonly validation: number;
}

/** Writes the features of one row to `out[offset .. offset + features)`. Those slots hold 0 before. */
export type FeatureWriter = (row: number, out: Float32Array, offset: number) => void;

/**
 * Everything that turns a table into a matrix, row by row and without state, so that it streams. A recipe is code: raise
 * `version` with every change of what it computes, because `name`, `version` and `options` stand for it in the cache key.
 */
export interface TableRecipe {
  readonly name: string;
  readonly version: number;
  readonly options: Json;
  readonly columns: readonly ColumnSpec[];
  readonly label: LabelSpec;
  /** Applied in order after exact duplicates and rows with missing values are dropped. */
  readonly rules: readonly CleaningRule[];
  readonly split: SplitRule;
  /** Feature names, in column order. */
  readonly features: readonly string[];
  /** Cover the features without gap or overlap. */
  readonly groups: readonly FeatureGroup[];
  readonly writer: (table: TypedTable) => FeatureWriter;
}

/**
 * Checks what types cannot say about a recipe.
 * @throws {PreprocessingError} BAD_OPTION
 */
export function checkRecipe(recipe: TableRecipe): void {
  const refuse = (problem: string, expected: string): never => {
    throw new PreprocessingError('BAD_OPTION', `recipe ${JSON.stringify(recipe.name)}: ${problem}`, { expected });
  };
  if (!/^[a-z0-9][a-z0-9-]*$/.test(recipe.name))
    refuse('the name cannot be a folder name', 'lower-case letters, digits and dashes');
  const names = recipe.columns.map(({ name }) => name);
  if (new Set(names).size !== names.length) refuse('a column is declared twice', 'every name once');
  const stray = recipe.label.columns.find((name) => !names.includes(name));
  if (stray !== undefined) refuse(`the label column ${stray} is not declared`, `one of ${names.join(', ')}`);
  const { test, validation } = recipe.split;
  if (!(test >= 0 && validation >= 0 && test + validation < 1))
    refuse(`the split takes ${test} + ${validation} of the rows`, 'shares below 1 in all');
  let end = 0;
  for (const group of recipe.groups) {
    if (group.start !== end || group.end <= group.start)
      refuse(`group ${group.name} is [${group.start}, ${group.end})`, `a range from ${end}`);
    end = group.end;
  }
  if (end !== recipe.features.length)
    refuse(`the groups end at ${end}`, `all ${recipe.features.length} features in groups`);
}
