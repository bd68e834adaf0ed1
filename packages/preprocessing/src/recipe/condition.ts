import { PreprocessingError } from '../preprocessing-error.js';
import { isMissing, type TypedColumn, type TypedTable } from '../typed-table.js';
import { timesOf } from './local-times.js';
import { columnsOfNumber, describeNumber, evaluateNumber, type NumberExpression } from './number-expression.js';

export type Comparison = '<' | '<=' | '=' | '!=' | '>=' | '>';

/**
 * Something that holds for a row or does not, as plain data. A comparison with a missing value never holds. Numbers are compared
 * as float32, as they are stored; whole numbers and times exactly.
 */
export type Condition =
  | {
      readonly kind: 'between';
      readonly of: NumberExpression;
      readonly low: number;
      readonly high: number;
      /** Whether low and high themselves are in. */
      readonly ends: 'included' | 'excluded';
    }
  | {
      readonly kind: 'compare';
      readonly left: NumberExpression;
      readonly by: Comparison;
      readonly right: NumberExpression;
    }
  /** From a moment (milliseconds since 1970 UTC) on. */
  | { readonly kind: 'from'; readonly column: string; readonly startMs: number }
  | { readonly kind: 'oneOf'; readonly column: string; readonly values: readonly (string | number)[] }
  /** The whole text is as the pattern says, a regular expression. */
  | { readonly kind: 'matches'; readonly column: string; readonly pattern: string }
  | { readonly kind: 'allZero'; readonly columns: readonly string[] }
  | { readonly kind: 'present'; readonly column: string }
  | { readonly kind: 'allOf' | 'anyOf'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition };

/** 1 for every row for which the condition holds, else 0. */
export type Mask = Uint8Array;

export function evaluateCondition(condition: Condition, table: TypedTable): Mask {
  switch (condition.kind) {
    case 'between':
      return within(comparable([condition.of], table)[0]!, condition);
    case 'compare': {
      const [left, right] = comparable([condition.left, condition.right], table);
      const holds = COMPARISONS[condition.by];
      return maskOf(left!, (x, row) => holds(x, right![row]!));
    }
    case 'from':
      return maskOf(timesOf(table, condition.column), (ms) => ms >= condition.startMs);
    case 'oneOf':
      return oneOf(table, condition.column, condition.values);
    case 'matches': {
      const pattern = new RegExp(`^(?:${condition.pattern})$`, 'u');
      return maskOf(table.texts(condition.column), (text) => pattern.test(text));
    }
    case 'allZero': {
      const columns = condition.columns.map((name) => table.numbers(name));
      return maskOf(columns[0]!, (_, row) => columns.every((values) => values[row] === 0));
    }
    case 'present':
      return presence(table.column(condition.column), table.rows);
    case 'allOf':
    case 'anyOf':
      return combined(condition, table);
    case 'not':
      return evaluateCondition(condition.condition, table).map((holds) => 1 - holds);
  }
}

/** The columns that a condition reads. */
export function columnsOfCondition(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'between':
      return columnsOfNumber(condition.of);
    case 'compare':
      return [...columnsOfNumber(condition.left), ...columnsOfNumber(condition.right)];
    case 'from':
    case 'oneOf':
    case 'matches':
    case 'present':
      return [condition.column];
    case 'allZero':
      return condition.columns;
    case 'allOf':
    case 'anyOf':
      return condition.conditions.flatMap(columnsOfCondition);
    case 'not':
      return columnsOfCondition(condition.condition);
  }
}

/** A condition in a few words, under which the rows are counted that fail it. */
export function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'between': {
      const ends = condition.ends === 'included' ? '' : ' (ends excluded)';
      return `${describeNumber(condition.of)} between ${condition.low} and ${condition.high}${ends}`;
    }
    case 'compare':
      return `${describeNumber(condition.left)} ${condition.by} ${describeNumber(condition.right)}`;
    case 'from':
      return `${condition.column} from ${new Date(condition.startMs).toISOString()} on`;
    case 'oneOf':
      return `${condition.column} one of ${condition.values.join(', ')}`;
    case 'matches':
      return `${condition.column} like ${condition.pattern}`;
    case 'allZero':
      return `${condition.columns.join(', ')} all zero`;
    case 'present':
      return `${condition.column} present`;
    case 'allOf':
      return condition.conditions.map(describeCondition).join(' and ');
    case 'anyOf':
      return condition.conditions.map(describeCondition).join(' or ');
    case 'not':
      return `not (${describeCondition(condition.condition)})`;
  }
}

const COMPARISONS: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a < b || a > b,
  '>=': (a, b) => a >= b,
  '>': (a, b) => a > b,
};

type Numbers = Float32Array | Float64Array;

/** Numbers that are compared with each other: as float32, unless all of them are whole numbers and times that a column holds. */
function comparable(expressions: readonly NumberExpression[], table: TypedTable): readonly Numbers[] {
  const varying = expressions.filter(({ kind }) => kind !== 'constant');
  const areExact = varying.every((of) => of.kind === 'column' && table.column(of.column).type !== 'number');
  const values = expressions.map((of) => evaluateNumber(of, table));
  return areExact ? values : values.map((numbers) => new Float32Array(numbers));
}

function maskOf<V>(values: ArrayLike<V>, holds: (value: V, row: number) => boolean): Mask {
  const mask = new Uint8Array(values.length);
  for (let row = 0; row < mask.length; row++) mask[row] = holds(values[row]!, row) ? 1 : 0;
  return mask;
}

/** 1 where the column's cell is there. */
function presence(column: TypedColumn, rows: number): Mask {
  const mask = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) mask[row] = isMissing(column, row) ? 0 : 1;
  return mask;
}

/** By hand for the commonest condition: a call a row would cost more than the comparison. */
function within(values: Numbers, { low, high, ends }: Extract<Condition, { kind: 'between' }>): Mask {
  const isRounded = values instanceof Float32Array;
  const [lowest, highest] = isRounded ? [Math.fround(low), Math.fround(high)] : [low, high];
  const mask = new Uint8Array(values.length);
  for (let row = 0; row < mask.length; row++) {
    const x = values[row]!;
    if (x >= lowest && x <= highest && (ends === 'included' || (x !== lowest && x !== highest))) mask[row] = 1;
  }
  return mask;
}

function oneOf(table: TypedTable, name: string, values: readonly (string | number)[]): Mask {
  const column = table.column(name);
  switch (column.type) {
    case 'text': {
      const texts = new Set(values.map(String));
      return maskOf(column.values, (text) => texts.has(text));
    }
    case 'number':
    case 'integer': {
      const kept = column.type === 'number' ? Math.fround : (exact: number) => exact;
      const numbers = new Set(values.map((value) => kept(Number(value))));
      return maskOf(column.values, (number) => numbers.has(kept(number)));
    }
    case 'timestamp':
      throw new PreprocessingError('BAD_OPTION', `column ${name} holds times`, {
        expected: 'a text or number column in oneOf(...)',
      });
  }
}

function combined({ kind, conditions }: Extract<Condition, { kind: 'allOf' | 'anyOf' }>, table: TypedTable): Mask {
  const [first, ...others] = conditions.map((condition) => evaluateCondition(condition, table));
  if (first === undefined) return new Uint8Array(table.rows).fill(kind === 'allOf' ? 1 : 0);
  for (const mask of others)
    for (let row = 0; row < first.length; row++)
      first[row] = kind === 'allOf' ? first[row]! & mask[row]! : first[row]! | mask[row]!;
  return first;
}
