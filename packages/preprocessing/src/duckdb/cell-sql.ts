import type { ColumnSpec } from '../table-recipe.js';
import { DEFAULT_TIMESTAMP_FORMATS, type TimestampFormat } from '../timestamp.js';

/**
 * SQL that turns cells into what a typed column holds. Every expression gives a DOUBLE: NaN where the cell is empty, and
 * Infinity where SQL is not sure, so that the cell's text has to go through our own grammar. SQL may refuse more than the grammar
 * does, but never accepts more, and where it accepts, both give the nearest float64.
 */
const MISSING = `'nan'::DOUBLE`;
export const UNSURE = `'inf'::DOUBLE`;
const MAX_SAFE = Number.MAX_SAFE_INTEGER;

/** Years 1000 to 2999, as most files have them; any other form of {@link parseTimestamp} is left to it. */
const PLAIN_TIME = '[12][0-9]{3}-[0-9]{2}-[0-9]{2}[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]';
const TIME_AND_TAIL = `${PLAIN_TIME}(?:\\.[0-9]{1,6})?(?: UTC|Z)?`;
const MONTH_FIRST = '[0-9]{1,2}/[0-9]{1,2}/[12][0-9]{3} (?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?';
const DAY_FIRST = '[0-9]{1,2}[.][0-9]{1,2}[.][12][0-9]{3}(?: (?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?';
const DATE = '[12][0-9]{3}-[0-9]{2}-[0-9]{2}';

/** A text as an SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function named(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The number in a text cell without line ends, vertical tabs and form feeds, which DuckDB would take for blanks. */
export function numberOfText(cell: string, type: 'number' | 'integer', nulls: readonly string[] = []): string {
  const value = `TRY_CAST(${cell} AS DOUBLE)`;
  const sure = `isfinite(${value}) AND NOT contains(${cell}, '_')`;
  return `CASE WHEN ${sure}${type === 'integer' ? ` AND ${isWhole(value)}` : ''} THEN ${value} ${otherwise(cell, nulls)}`;
}

/** The number in a cell of a numeric type. A NaN counts as missing, as the libraries that write such files mean it. */
export function numberOfNumber(cell: string, type: 'number' | 'integer'): string {
  const value = `${cell}::DOUBLE`;
  const sure = `isfinite(${value})${type === 'integer' ? ` AND ${isWhole(value)}` : ''}`;
  return `CASE WHEN ${cell} IS NULL OR isnan(${value}) THEN ${MISSING} WHEN ${sure} THEN ${value} ELSE ${UNSURE} END`;
}

/** Milliseconds since 1970 of a text cell. */
export function timeOfText(cell: string, { formats = DEFAULT_TIMESTAMP_FORMATS, nulls = [] }: ColumnSpec): string {
  const cases = formats.map((format) => {
    const { shape, time } = timeShape(cell, format);
    return `WHEN regexp_full_match(${cell}, ${quoted(shape)}) THEN coalesce(${milliseconds(time)}, ${UNSURE})`;
  });
  return `CASE ${formats.includes('iso') ? plainTime(cell) : ''} ${cases.join(' ')} ${otherwise(cell, nulls)}`;
}

/**
 * The form of most files, `YYYY-MM-DD HH:MM:SS` with or without ` UTC`, from 1970 on: what DuckDB prints again as it was. With the
 * pattern alone, this column cost more than six of numbers.
 */
function plainTime(cell: string): string {
  const time = `TRY_CAST(${cell} AS TIMESTAMP)`;
  const isWhole = `strlen(${cell}) = 19 OR (strlen(${cell}) = 23 AND suffix(${cell}, ' UTC'))`;
  return `WHEN starts_with(${cell}, ${time}::VARCHAR) AND epoch_ms(${time}) >= 0 AND (${isWhole}) THEN epoch_ms(${time})::DOUBLE`;
}

function timeShape(cell: string, format: TimestampFormat): { readonly shape: string; readonly time: string } {
  switch (format) {
    case 'iso':
      return { shape: TIME_AND_TAIL, time: `TRY_CAST(rtrim(${cell}, ' UTCZ') AS TIMESTAMP)` };
    case 'month/day/year':
      return { shape: MONTH_FIRST, time: `TRY_STRPTIME(${cell}, ['%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S'])` };
    case 'day.month.year':
      return {
        shape: DAY_FIRST,
        time: `TRY_STRPTIME(${cell}, ['%d.%m.%Y', '%d.%m.%Y %H:%M', '%d.%m.%Y %H:%M:%S'])`,
      };
    case 'date':
      return { shape: DATE, time: `TRY_CAST(${cell} AS TIMESTAMP)` };
  }
}

/** Milliseconds since 1970 of a cell of a TIMESTAMP type, with or without zone; without one it is read as UTC. */
export function timeOfTime(cell: string): string {
  return `coalesce(${milliseconds(cell)}, ${MISSING})`;
}

function otherwise(cell: string, nulls: readonly string[]): string {
  return `WHEN coalesce(${cell}, '') IN (${['', ...nulls].map(quoted).join(', ')}) THEN ${MISSING} ELSE ${UNSURE} END`;
}

function isWhole(value: string): string {
  return `${value} = trunc(${value}) AND abs(${value}) <= ${MAX_SAFE}`;
}

/** Rounded down, as our own parser drops what is finer than a millisecond; in whole numbers, because microseconds overflow float64. */
function milliseconds(time: string): string {
  const us = `epoch_us(${time})`;
  return `((${us} - (${us} % 1000 + 1000) % 1000) // 1000)::DOUBLE`;
}
