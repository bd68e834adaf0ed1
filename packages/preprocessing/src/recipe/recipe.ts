import { PreprocessingError } from '../preprocessing-error.js';
import type { SplitRule } from '../split-rule.js';
import type { ColumnSpec, ColumnType, NamedFeature, TableRecipe } from '../table-recipe.js';
import { featureOf } from './category-builders.js';
import { checkRecipe } from './check-recipe.js';
import type { Condition } from './condition.js';
import type { Feature } from './feature.js';
import { type NumberLike, numberOf } from './number-builders.js';
import type { NumberExpression } from './number-expression.js';
import type { Rule } from './rule.js';
import { ruleOf } from './rule-builders.js';

/** A column's type; `?` where the file may lack it and its cells may be empty; or its long form. */
export type ColumnDeclaration = ColumnType | `${ColumnType}?` | Omit<ColumnSpec, 'name'>;

/** A column's name (a number), an expression, or what a builder made. */
export type FeatureDeclaration = string | NumberExpression | Feature;

/** How a person writes a recipe. */
export interface RecipeDeclaration {
  /** Part of a folder's name: lower-case letters, digits and dashes. */
  readonly name: string;
  /** What is read of the file, by column name. */
  readonly columns: Readonly<Record<string, ColumnDeclaration>>;
  /** A number column's name, or one column or expression under another: `{ duration: minutesBetween('start', 'end') }`. */
  readonly label: string | Readonly<Record<string, NumberLike>>;
  /** Applied in order, after exact duplicates and rows with missing values are dropped. Default: none. */
  readonly rules?: readonly (Rule | Condition)[];
  /** Default: 15 % of the training files' rows for validation and 15 % for the test, by the rows' hash, unless these have files. */
  readonly split?: SplitRule;
  /** By name; several features under one name are a group, which a network is given or denied as a whole. */
  readonly features: Readonly<Record<string, FeatureDeclaration | Readonly<Record<string, FeatureDeclaration>>>>;
}

/** Shares as common as any (60 to 80 % for training). */
const DEFAULT_SPLIT: SplitRule = Object.freeze({
  by: 'rows',
  validation: 0.15,
  test: 0.15,
  validationFile: { test: 0 },
  unlessFiles: true,
});

/**
 * Declares how a table becomes a matrix. The result is plain data. Study files run unchecked by the compiler, so what is left out
 * or misspelled is refused here.
 * @throws {PreprocessingError} UNKNOWN_COLUMN for a name that is not among the columns; BAD_OPTION
 */
export function recipe(declaration: RecipeDeclaration): TableRecipe {
  const declared: TableRecipe = {
    name: declaration.name,
    columns: Object.entries(declaration.columns ?? {}).map(columnSpec),
    label: labelOf(declaration.label),
    rules: (declaration.rules ?? []).map((rule) => (isRule(rule) ? rule : ruleOf(rule))),
    split: declaration.split ?? DEFAULT_SPLIT,
    features: Object.entries(declaration.features ?? {}).flatMap(([group, features]) =>
      isFeature(features)
        ? [named(group, group, features)]
        : Object.entries(features).map(([name, feature]) => named(group, name, feature)),
    ),
  };
  checkRecipe(declared);
  return declared;
}

function columnSpec([name, declaration]: [string, ColumnDeclaration]): ColumnSpec {
  if (typeof declaration !== 'string') return { name, ...declaration };
  const isOptional = declaration.endsWith('?');
  const type = (isOptional ? declaration.slice(0, -1) : declaration) as ColumnType;
  return isOptional ? { name, type, optional: true } : { name, type };
}

function labelOf(label: RecipeDeclaration['label']): TableRecipe['label'] {
  if (typeof label === 'string') return { name: label, value: numberOf(label) };
  const [entry, ...others] = Object.entries(label ?? {});
  if (entry === undefined || others.length > 0)
    throw new PreprocessingError('BAD_OPTION', `there are ${others.length + (entry ? 1 : 0)} labels`, {
      expected: 'one: { name: expression }',
    });
  return { name: entry[0], value: numberOf(entry[1]) };
}

function named(group: string, name: string, declaration: FeatureDeclaration): NamedFeature {
  return { group, name, feature: featureFrom(declaration) };
}

function featureFrom(declaration: FeatureDeclaration): Feature {
  if (typeof declaration === 'string') return { kind: 'number', of: numberOf(declaration) };
  switch (declaration.kind) {
    case 'number':
    case 'standardized':
    case 'cyclic':
    case 'category':
      return declaration;
    default:
      return featureOf(declaration);
  }
}

function isFeature(value: RecipeDeclaration['features'][string]): value is FeatureDeclaration {
  return typeof value === 'string' || typeof value.kind === 'string';
}

function isRule(value: Rule | Condition): value is Rule {
  return value.kind === 'keep' || value.kind === 'unique';
}
