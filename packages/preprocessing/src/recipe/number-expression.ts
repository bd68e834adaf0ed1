import { type CalendarPart, calendarColumn } from '../transforms/calendar.js';
import { type Coordinates, distanceColumn } from '../transforms/geo-distance.js';
import {
  clippedColumn,
  differenceColumn,
  filledColumn,
  logColumn,
  scaledColumn,
} from '../transforms/number-columns.js';
import { isMissing, type TypedTable } from '../typed-table.js';
import { localTimes, timesOf } from './local-times.js';

/** Two number columns that hold a place in degrees. */
export interface Point {
  readonly latitude: string;
  readonly longitude: string;
}

/** A number that each row has, as plain data. A row without it (a cell is empty) has NaN. */
export type NumberExpression =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'constant'; readonly value: number }
  /** The nearest number within low .. high; null for no bound. */
  | { readonly kind: 'clip'; readonly of: NumberExpression; readonly low: number | null; readonly high: number | null }
  /** ln(1 + x), which keeps 0 and is NaN below -1. */
  | { readonly kind: 'log1p'; readonly of: NumberExpression }
  /** (x - low) / (high - low): 0 at low, 1 at high. */
  | { readonly kind: 'scaled'; readonly of: NumberExpression; readonly low: number; readonly high: number }
  /** `value` where there is none. */
  | { readonly kind: 'filled'; readonly of: NumberExpression; readonly value: number }
  /** 1 where a cell of any type is empty, else 0. */
  | { readonly kind: 'missing'; readonly column: string }
  | { readonly kind: 'minutesBetween'; readonly from: string; readonly to: string }
  /** Days, with their fraction, from a moment (milliseconds since 1970 UTC). */
  | { readonly kind: 'daysSince'; readonly column: string; readonly startMs: number }
  | { readonly kind: 'calendar'; readonly part: CalendarPart; readonly column: string; readonly zone: string }
  /** Kilometres, or degrees of the compass. */
  | { readonly kind: 'haversine' | 'manhattan' | 'bearing'; readonly from: Point; readonly to: Point };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The number of every row. The array may be the table's own: read it only. */
export function evaluateNumber(expression: NumberExpression, table: TypedTable): Float64Array {
  switch (expression.kind) {
    case 'column':
      return table.numbers(expression.column);
    case 'constant':
      return new Float64Array(table.rows).fill(expression.value);
    case 'clip':
      return clippedColumn(
        evaluateNumber(expression.of, table),
        expression.low ?? -Infinity,
        expression.high ?? Infinity,
      );
    case 'log1p':
      return logColumn(evaluateNumber(expression.of, table));
    case 'scaled':
      return scaledColumn(evaluateNumber(expression.of, table), expression.low, expression.high - expression.low);
    case 'filled':
      return filledColumn(evaluateNumber(expression.of, table), expression.value);
    case 'missing':
      return emptiness(table, expression.column);
    case 'minutesBetween':
      return differenceColumn(timesOf(table, expression.from), timesOf(table, expression.to), MINUTE_MS);
    case 'daysSince':
      return scaledColumn(timesOf(table, expression.column), expression.startMs, DAY_MS);
    case 'calendar':
      return calendarColumn(localTimes(table, expression.column, expression.zone), expression.part);
    case 'haversine':
    case 'manhattan':
    case 'bearing':
      return distanceColumn(expression.kind, coordinates(table, expression.from), coordinates(table, expression.to));
  }
}

/** The columns that an expression reads, each once. */
export function columnsOfNumber(expression: NumberExpression): readonly string[] {
  switch (expression.kind) {
    case 'constant':
      return [];
    case 'column':
    case 'missing':
    case 'daysSince':
    case 'calendar':
      return [expression.column];
    case 'clip':
    case 'log1p':
    case 'scaled':
    case 'filled':
      return columnsOfNumber(expression.of);
    case 'minutesBetween':
      return [expression.from, expression.to];
    case 'haversine':
    case 'manhattan':
    case 'bearing': {
      const { from, to } = expression;
      return [from.latitude, from.longitude, to.latitude, to.longitude];
    }
  }
}

/** A few words for people, as in the reason of a rule. */
export function describeNumber(expression: NumberExpression): string {
  switch (expression.kind) {
    case 'column':
      return expression.column;
    case 'constant':
      return String(expression.value);
    case 'clip':
    case 'scaled':
    case 'filled':
      return `${expression.kind} ${describeNumber(expression.of)}`;
    case 'log1p':
      return `log of ${describeNumber(expression.of)}`;
    case 'missing':
      return `absence of ${expression.column}`;
    case 'minutesBetween':
      return `minutes from ${expression.from} to ${expression.to}`;
    case 'daysSince':
      return `days up to ${expression.column}`;
    case 'calendar':
      return `${expression.part} of ${expression.column}`;
    case 'haversine':
    case 'manhattan':
    case 'bearing':
      return expression.kind;
  }
}

function emptiness(table: TypedTable, name: string): Float64Array {
  const column = table.column(name);
  const empty = new Float64Array(table.rows);
  for (let row = 0; row < empty.length; row++) empty[row] = isMissing(column, row) ? 1 : 0;
  return empty;
}

function coordinates(table: TypedTable, { latitude, longitude }: Point): Coordinates {
  return { latitudes: table.numbers(latitude), longitudes: table.numbers(longitude) };
}
