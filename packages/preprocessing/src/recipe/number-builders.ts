import { PreprocessingError } from '../preprocessing-error.js';
import { type CalendarPart, calendarNames } from '../transforms/calendar.js';
import type { Feature } from './feature.js';
import { parseMoment } from './moment.js';
import type { NumberExpression, Point } from './number-expression.js';

/** A number of a row: a column's name, or an expression. */
export type NumberLike = string | NumberExpression;

type Calendar = Extract<NumberExpression, { kind: 'calendar' }>;

export function numberOf(of: NumberLike): NumberExpression {
  return typeof of === 'string' ? { kind: 'column', column: of } : of;
}

/** The nearest number within `low` .. `high`; null for no bound. @throws {PreprocessingError} BAD_OPTION when low is above high */
export function clip(of: NumberLike, low: number | null, high: number | null): NumberExpression {
  if (low !== null && high !== null && !(low <= high))
    throw new PreprocessingError('BAD_OPTION', `clip from ${low} to ${high}`, { expected: 'low first' });
  return { kind: 'clip', of: numberOf(of), low, high };
}

/** ln(1 + x). Rows below -1 have no such number and are dropped: clip first. */
export function log1p(of: NumberLike): NumberExpression {
  return { kind: 'log1p', of: numberOf(of) };
}

/** (x - low) / (high - low): 0 at `low`, 1 at `high`. @throws {PreprocessingError} BAD_OPTION when both are the same */
export function scaled(of: NumberLike, low: number, high: number): NumberExpression {
  if (!Number.isFinite(1 / (high - low)))
    throw new PreprocessingError('BAD_OPTION', `scaled from ${low} to ${high}`, { expected: 'two different numbers' });
  return { kind: 'scaled', of: numberOf(of), low, high };
}

/** `value` where a cell is empty. */
export function filled(of: NumberLike, value: number): NumberExpression {
  return { kind: 'filled', of: numberOf(of), value };
}

/** 1 where the column's cell is empty, else 0. */
export function missing(column: string): NumberExpression {
  return { kind: 'missing', column };
}

/** Minutes, with their fraction, from one timestamp column to another. */
export function minutesBetween(from: string, to: string): NumberExpression {
  return { kind: 'minutesBetween', from, to };
}

/** Days, with their fraction, since a moment such as `2009-01-01` (UTC). @throws {PreprocessingError} BAD_OPTION */
export function daysSince(column: string, moment: string): NumberExpression {
  return { kind: 'daysSince', column, startMs: parseMoment(moment) };
}

/** The calendar year of a timestamp column. @param zone whose wall clock counts, such as `America/New_York` */
export function year(column: string, zone = 'UTC'): Calendar {
  return { kind: 'calendar', part: 'year', column, zone };
}

/** Months from January (0): as a feature a category, in `cyclic(...)` a number. @param zone whose wall clock counts */
export function month(column: string, zone = 'UTC'): Calendar {
  return { kind: 'calendar', part: 'month', column, zone };
}

/** Days from Monday (0): as a feature a category, in `cyclic(...)` a number. @param zone whose wall clock counts */
export function weekday(column: string, zone = 'UTC'): Calendar {
  return { kind: 'calendar', part: 'weekday', column, zone };
}

/** Full hours from midnight (0): as a feature a category, in `cyclic(...)` a number. @param zone whose wall clock counts */
export function hour(column: string, zone = 'UTC'): Calendar {
  return { kind: 'calendar', part: 'hour', column, zone };
}

/** Two number columns as a place. */
export function point(latitude: string, longitude: string): Point {
  return { latitude, longitude };
}

/** Kilometres along the great circle. */
export function haversine(from: Point, to: Point): NumberExpression {
  return { kind: 'haversine', from, to };
}

/** Kilometres north or south plus kilometres east or west, where a degree of longitude counts like one of latitude. */
export function manhattan(from: Point, to: Point): NumberExpression {
  return { kind: 'manhattan', from, to };
}

/** The compass direction of the second point from the first, 0 .. 360 degrees; in `cyclic(...)` it comes round. */
export function bearing(from: Point, to: Point): NumberExpression {
  return { kind: 'bearing', from, to };
}

/**
 * Sine and cosine of a number that comes round, in two columns.
 * @param period default: 7, 12 or 24 of a calendar's part, 360 of a bearing
 * @throws {PreprocessingError} BAD_OPTION for a number that has no period of its own
 */
export function cyclic(of: NumberLike, period?: number): Feature {
  const number = numberOf(of);
  const found = period ?? periodOf(number);
  if (found === null || !(found > 0))
    throw new PreprocessingError('BAD_OPTION', `cyclic(...) of a number with the period ${found}`, {
      expected: 'a period above 0 as the second argument',
    });
  return { kind: 'cyclic', of: number, period: found };
}

/** (x - mean) / deviation by the training rows, learned before the rows are prepared. */
export function standardized(of: NumberLike): Feature {
  return { kind: 'standardized', of: numberOf(of) };
}

function periodOf(number: NumberExpression): number | null {
  if (number.kind === 'bearing') return 360;
  return number.kind === 'calendar' ? partSize(number.part) : null;
}

function partSize(part: CalendarPart): number | null {
  return calendarNames(part)?.length ?? null;
}
