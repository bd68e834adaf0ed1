import { daysFromCivil } from '../timestamp.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SUNDAY = 6;

/** Monday is 0, Sunday 6. The day 1970-01-01 was a Thursday. */
export function weekdayOf(localMs: number): number {
  const day = Math.floor(localMs / DAY_MS);
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * The wall clock of America/New_York: milliseconds that read, in UTC terms, as the local date and time.
 * From 2007 by the rule of the Energy Policy Act of 2005 (daylight time from the second Sunday in March, 2:00 EST, to the first
 * Sunday in November, 2:00 EDT); for years before, by the runtime's time zone data, which is slower.
 * @param utcMs milliseconds since 1970-01-01T00:00:00Z
 */
export function newYorkTime(utcMs: number): number {
  const year = new Date(utcMs).getUTCFullYear();
  return utcMs + (year >= 2007 ? -hoursBehind(utcMs, year) * HOUR_MS : zoneOffset(utcMs));
}

function hoursBehind(utcMs: number, year: number): 4 | 5 {
  if (year !== latest.year) latest = daylightOf(year);
  return utcMs >= latest.start && utcMs < latest.end ? 4 : 5;
}

/** Remembers the year asked for last: a pure function, computed less often. */
let latest = daylightOf(2009);

/** When daylight time begins (7:00 UTC) and ends (6:00 UTC) in a year from 2007. New Year is standard time in UTC and locally. */
function daylightOf(year: number): { readonly year: number; readonly start: number; readonly end: number } {
  return { year, start: sundayFrom(year, 3, 8) + 7 * HOUR_MS, end: sundayFrom(year, 11, 1) + 6 * HOUR_MS };
}

/** Midnight UTC of the first Sunday on or after a day. */
function sundayFrom(year: number, month: number, day: number): number {
  const from = daysFromCivil(year, month, day) * DAY_MS;
  return from + (SUNDAY - weekdayOf(from)) * DAY_MS;
}

const ZONE = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  era: 'short',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** The offset of any moment by the runtime's time zone data, in milliseconds. The slow twin of the rule above. */
export function zoneOffset(utcMs: number): number {
  const part = Object.fromEntries(ZONE.formatToParts(utcMs).map(({ type, value }) => [type, value]));
  const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year);
  const local =
    daysFromCivil(year, Number(part.month), Number(part.day)) * DAY_MS +
    (Number(part.hour) * 3600 + Number(part.minute) * 60 + Number(part.second)) * 1000;
  return local - Math.floor(utcMs / 1000) * 1000;
}
