import { PreprocessingError } from '../preprocessing-error.js';
import { type Comparison, type Condition, describeCondition } from './condition.js';
import { parseMoment } from './moment.js';
import { type NumberLike, numberOf } from './number-builders.js';
import type { Rule } from './rule.js';

/** Rows that meet the condition stay; the others are counted under the reason. */
export function dropUnless(reason: string, condition: Condition): Rule {
  return { kind: 'keep', reason, condition };
}

/** Rows that meet the condition are dropped, and counted under the reason. */
export function dropIf(reason: string, condition: Condition): Rule {
  return { kind: 'keep', reason, condition: not(condition) };
}

/**
 * Of rows that agree in these columns (default: in all) the first stays, wherever in the files the others are. Takes up to 32
 * bytes of memory a row; exact repeats within 100,000 rows are dropped without this rule too.
 */
export function unique(columns: readonly string[] | null = null): Rule {
  const what = columns === null ? 'row' : columns.join(', ');
  return { kind: 'unique', reason: `repeated ${what}`, columns };
}

/** A condition as a rule, under a reason made of its own words. */
export function ruleOf(condition: Condition): Rule {
  return dropUnless(`not: ${describeCondition(condition)}`, condition);
}

/** A number within `low` .. `high`. @param options.ends whether these two are within; default: included */
export function between(
  of: NumberLike,
  low: number,
  high: number,
  options: { readonly ends?: 'included' | 'excluded' } = {},
): Condition {
  if (!(low <= high))
    throw new PreprocessingError('BAD_OPTION', `between ${low} and ${high}`, { expected: 'the lower number first' });
  return { kind: 'between', of: numberOf(of), low, high, ends: options.ends ?? 'included' };
}

/** Two numbers of a row, or a number and a constant. */
export function compare(left: NumberLike, by: Comparison, right: NumberLike | number): Condition {
  const other = typeof right === 'number' ? ({ kind: 'constant', value: right } as const) : numberOf(right);
  return { kind: 'compare', left: numberOf(left), by, right: other };
}

/** A time from a moment on, such as `2018-01-01` (UTC). @throws {PreprocessingError} BAD_OPTION */
export function since(column: string, moment: string): Condition {
  return { kind: 'from', column, startMs: parseMoment(moment) };
}

/** A cell that is one of these. */
export function oneOf(column: string, values: readonly (string | number)[]): Condition {
  return { kind: 'oneOf', column, values };
}

/** A text that is wholly as the pattern says; flags play no part. */
export function matches(column: string, pattern: RegExp): Condition {
  return { kind: 'matches', column, pattern: pattern.source };
}

/** 0 in every one of these columns: how some devices write that they do not know. */
export function allZero(columns: readonly string[]): Condition {
  return { kind: 'allZero', columns };
}

/** A cell that is not empty. */
export function present(column: string): Condition {
  return { kind: 'present', column };
}

export function allOf(...conditions: readonly Condition[]): Condition {
  return { kind: 'allOf', conditions };
}

export function anyOf(...conditions: readonly Condition[]): Condition {
  return { kind: 'anyOf', conditions };
}

export function not(condition: Condition): Condition {
  return { kind: 'not', condition };
}
