import { nearestName } from '../nearest-name.js';
import { PreprocessingError } from '../preprocessing-error.js';
import { checkSplit, columnsOfSplit } from '../split-rule.js';
import type { ColumnSpec, ColumnType, TableRecipe } from '../table-recipe.js';
import { TIMESTAMP_FORMATS } from '../timestamp.js';
import { typeColumns } from '../type-columns.js';
import { columnsOfFeature } from './feature.js';
import { featureSet, NOTHING_LEARNED } from './feature-set.js';
import { timesOf } from './local-times.js';
import { columnsOfNumber, evaluateNumber } from './number-expression.js';
import { columnsOfRule, ruleChecker } from './rule.js';

/**
 * Checks what types cannot say about a recipe, in the end by trying it on a table without rows.
 * @throws {PreprocessingError} UNKNOWN_COLUMN for a name that is not among the columns; BAD_OPTION
 */
export function checkRecipe(recipe: TableRecipe): void {
  const refuse = (problem: string, expected: string): never => {
    throw new PreprocessingError('BAD_OPTION', `recipe ${JSON.stringify(recipe.name)}: ${problem}`, { expected });
  };
  if (!/^[a-z0-9][a-z0-9-]*$/.test(recipe.name))
    refuse('the name cannot be a folder name', 'lower-case letters, digits and dashes');
  checkColumns(recipe.columns, refuse);
  if (recipe.features.length === 0) refuse('there are no features', 'one at least');
  refuseRepeat(
    recipe.columns.map(({ name }) => name),
    (name) => refuse(`the column ${name} is declared twice`, 'every name once'),
  );
  JSON.stringify(recipe, (key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value)
      ? refuse(`${key} is ${value}, which JSON cannot keep`, 'a finite number; compare(...) or null for an open end')
      : value,
  );
  checkSplit(recipe.split);
  checkNames(recipe);
  const { columns, groups } = tried(recipe);
  refuseRepeat(
    columns.map(({ name }) => name),
    (name) => refuse(`two features are named ${name}`, 'every name once'),
  );
  refuseRepeat(
    groups.map(({ name }) => name),
    (name) => refuse(`the features of the group ${name} do not stand together`, 'one group after the other'),
  );
}

const TYPES: readonly ColumnType[] = ['number', 'integer', 'text', 'timestamp'];

function checkColumns(columns: readonly ColumnSpec[], refuse: (problem: string, expected: string) => never): void {
  for (const { name, type, formats = [] } of columns) {
    if (!TYPES.includes(type))
      refuse(`the column ${name} is ${JSON.stringify(type)}`, `${TYPES.join(', ')}, with ? where cells may be empty`);
    const stray = formats.find((format) => !TIMESTAMP_FORMATS.includes(format));
    if (stray !== undefined)
      refuse(`the column ${name} has the format ${JSON.stringify(stray)}`, TIMESTAMP_FORMATS.join(', '));
  }
}

/** The columns that a recipe names, with the place where it does. */
function namedColumns(recipe: TableRecipe): readonly { readonly place: string; readonly columns: readonly string[] }[] {
  return [
    { place: `label ${recipe.label.name}`, columns: columnsOfNumber(recipe.label.value) },
    ...recipe.rules.map((rule) => ({ place: `rule ${rule.reason}`, columns: columnsOfRule(rule) })),
    { place: 'split', columns: columnsOfSplit(recipe.split) },
    ...recipe.features.map(({ name, feature }) => ({ place: `feature ${name}`, columns: columnsOfFeature(feature) })),
  ];
}

function checkNames(recipe: TableRecipe): void {
  const declared = recipe.columns.map(({ name }) => name);
  for (const { place, columns } of namedColumns(recipe)) {
    const stray = columns.find((name) => !declared.includes(name));
    if (stray === undefined) continue;
    const nearest = nearestName(stray, declared);
    throw new PreprocessingError(
      'UNKNOWN_COLUMN',
      `recipe ${JSON.stringify(recipe.name)}, ${place}: it declares no column ${JSON.stringify(stray)}`,
      {
        expected: `one of ${listedNames(declared)}`,
        hint: nearest === null ? 'Add it to the columns' : `Did you mean ${JSON.stringify(nearest)}?`,
      },
    );
  }
}

function listedNames(names: readonly string[]): string {
  const first = names.slice(0, 20).map((name) => JSON.stringify(name));
  return `${first.join(', ')}${names.length > first.length ? ` and ${names.length - first.length} more` : ''}`;
}

/** Text where a number is needed, a time zone that does not exist, a pattern that is none: all show on a table without rows. */
function tried(recipe: TableRecipe): ReturnType<typeof featureSet> {
  const nothing = { rows: 0, columns: recipe.columns.map(() => null), lineOf: () => 0 };
  const { table } = typeColumns(nothing, recipe.columns);
  const features = featureSet(recipe, NOTHING_LEARNED);
  evaluateNumber(recipe.label.value, table);
  features.evaluate(table);
  for (const rule of recipe.rules) ruleChecker(rule)(table);
  if (recipe.split.by === 'time' || recipe.split.by === 'latest') timesOf(table, recipe.split.column);
  return features;
}

function refuseRepeat(names: readonly string[], refuse: (name: string) => never): void {
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) refuse(repeated);
}
