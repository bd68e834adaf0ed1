import { UNPARSABLE } from './number-grammar.js';

const DAY_MS = 86_400_000;
const TAIL = /^(?:\.(\d{1,9}))?(?: ?(?:UTC|Z)| ?([+-])(\d\d):?(\d\d))?$/;
const MONTH_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))?$/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?)?$/;

/**
 * How a column writes times. `iso`: {@link parseTimestamp}; `month/day/year`: `M/D/YYYY H:MM[:SS]` without zone, read as UTC,
 * as Citi Bike wrote them until 2017; `day.month.year`: `D.M.YYYY` with or without ` H:MM[:SS]`, read as UTC; `date`: `YYYY-MM-DD`,
 * the day's first moment in UTC.
 */
export type TimestampFormat = 'iso' | 'month/day/year' | 'day.month.year' | 'date';

/** Every form of a time that a column can declare. */
export const TIMESTAMP_FORMATS: readonly TimestampFormat[] = ['iso', 'month/day/year', 'day.month.year', 'date'];

/** What a timestamp column accepts when it says nothing else. */
export const DEFAULT_TIMESTAMP_FORMATS: readonly TimestampFormat[] = ['iso'];

const EXAMPLES: Readonly<Record<TimestampFormat, string>> = {
  iso: 'YYYY-MM-DD HH:MM:SS UTC',
  'month/day/year': 'M/D/YYYY H:MM',
  'day.month.year': 'D.M.YYYY H:MM',
  date: 'YYYY-MM-DD',
};

/** The formats as a person knows them. */
export function formatNames(formats: readonly TimestampFormat[]): string {
  return formats.map((format) => EXAMPLES[format]).join(' or ');
}

/** The format that a text which is no time in these ones has; undefined where it is a time in none. */
export function otherFormat(text: string, formats: readonly TimestampFormat[]): TimestampFormat | undefined {
  return TIMESTAMP_FORMATS.find((format) => !formats.includes(format) && PARSERS[format](text) !== UNPARSABLE);
}

/**
 * The parser of a column that may use any of the formats, tried in their order.
 * @returns milliseconds since 1970-01-01T00:00:00Z; NaN for a blank cell; {@link UNPARSABLE} for any other text
 */
export function timestampParser(formats: readonly TimestampFormat[]): (text: string) => number {
  const parsers = formats.map((format) => PARSERS[format]);
  if (parsers.length === 1) return parsers[0]!;
  return (text) => {
    for (const parse of parsers) {
      const value = parse(text);
      if (value !== UNPARSABLE) return value;
    }
    return UNPARSABLE;
  };
}

const PARSERS: Readonly<Record<TimestampFormat, (text: string) => number>> = {
  iso: parseTimestamp,
  'month/day/year': (text) => parseParts(text, MONTH_FIRST, ([month, day, year]) => [year, month, day]),
  'day.month.year': (text) => parseParts(text, DAY_FIRST, ([day, month, year]) => [year, month, day]),
  date: parseDate,
};

function parseDate(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return Number.NaN;
  const day = trimmed.length === 10 ? parseDay(trimmed) : Number.NaN;
  return Number.isNaN(day) ? UNPARSABLE : day * DAY_MS;
}

type Three = readonly [number, number, number];

/** @param pattern three numbers of the day, then hour, minute and second, which are 0 where it has none */
function parseParts(text: string, pattern: RegExp, dayOf: (parts: Three) => Three): number {
  const trimmed = text.trim();
  if (trimmed === '') return Number.NaN;
  const match = pattern.exec(trimmed);
  if (match === null) return UNPARSABLE;
  const part = (group: number): number => Number(match[group] ?? 0);
  const [year, month, day] = dayOf([part(1), part(2), part(3)]);
  const [hour, minute, second] = [part(4), part(5), part(6)];
  if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return UNPARSABLE;
  return daysFromCivil(year, month, day) * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000;
}

/**
 * Reads `YYYY-MM-DD HH:MM[:SS[.fraction]][zone]`, with `T` or a space before the hour. Zone: ` UTC`, `Z`, `+HH:MM`, `-HHMM`;
 * none means UTC. The day must exist in the calendar.
 * @returns milliseconds since 1970-01-01T00:00:00Z; NaN for a blank cell; {@link UNPARSABLE} for any other text
 */
export function parseTimestamp(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return Number.NaN;
  const day = parseDay(trimmed);
  const separator = trimmed[10];
  const hour = digits(trimmed, 11, 13);
  const minute = digits(trimmed, 14, 16);
  if (!(separator === ' ' || separator === 'T') || trimmed[13] !== ':' || !(hour < 24) || !(minute < 60))
    return UNPARSABLE;
  const hasSeconds = trimmed[16] === ':';
  const second = hasSeconds ? digits(trimmed, 17, 19) : 0;
  const tail = tailMs(trimmed.slice(hasSeconds ? 19 : 16));
  if (!(second < 60) || Number.isNaN(day) || Number.isNaN(tail)) return UNPARSABLE;
  return day * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000 + tail;
}

/** Days since 1970-01-01 of the first ten characters, or NaN. */
function parseDay(text: string): number {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  return text[4] === '-' && text[7] === '-' && isDay(year, month, day) ? daysFromCivil(year, month, day) : Number.NaN;
}

/** The digits of text[from, to) as a number, or NaN where one of them is none. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Fraction minus zone offset, in milliseconds, or NaN. */
function tailMs(tail: string): number {
  if (tail === '' || tail === ' UTC' || tail === 'Z') return 0;
  const match = TAIL.exec(tail);
  if (match === null) return Number.NaN;
  const [, fraction = '', sign, hours = '0', minutes = '0'] = match;
  const offset = Number(hours) * 3_600_000 + Number(minutes) * 60_000;
  return Number(fraction.slice(0, 3).padEnd(3, '0')) - (sign === '-' ? -offset : offset);
}

/**
 * Days from 1970-01-01 to a day of the proleptic Gregorian calendar.
 * @see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}
