const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A part of a date and time. `weekday` counts from Monday 0, `month` from January 0, `hour` from 0; `year` is the calendar's. */
export type CalendarPart = 'weekday' | 'month' | 'hour' | 'year';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** Names of a part's values in order; null for years, which have no end. */
export function calendarNames(part: CalendarPart): readonly string[] | null {
  switch (part) {
    case 'weekday':
      return WEEKDAYS;
    case 'month':
      return MONTHS;
    case 'hour':
      return HOURS;
    case 'year':
      return null;
  }
}

/** A part of each time. @param localMs as a {@link WallClock} reads; NaN gives NaN */
export function calendarColumn(localMs: Float64Array, part: CalendarPart): Float64Array {
  const partOf = PARTS[part];
  return localMs.map((ms) => partOf(ms));
}

const PARTS: Readonly<Record<CalendarPart, (localMs: number) => number>> = {
  weekday: weekdayOf,
  month: (localMs) => civil(localMs, 'month'),
  hour: (localMs) => Math.floor(localMs / HOUR_MS) - Math.floor(localMs / DAY_MS) * 24,
  year: (localMs) => civil(localMs, 'year'),
};

/** Monday is 0, Sunday 6. The day 1970-01-01 was a Thursday. */
export function weekdayOf(localMs: number): number {
  const day = Math.floor(localMs / DAY_MS);
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * Month (from 0) or year of the proleptic Gregorian calendar.
 * @see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days
 */
function civil(localMs: number, part: 'month' | 'year'): number {
  const day = Math.floor(localMs / DAY_MS) + 719_468;
  const era = Math.floor(day / 146_097);
  const dayOfEra = day - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = (fromMarch + 2) % 12;
  return part === 'month' ? month : yearOfEra + era * 400 + (month < 2 ? 1 : 0);
}
