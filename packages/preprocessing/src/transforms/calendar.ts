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

/** A part of each time. @param localMs as a wall clock reads, in milliseconds; NaN gives NaN */
export function calendarColumn(localMs: Float64Array, part: CalendarPart): Float64Array {
  const parts = new Float64Array(localMs.length);
  // A loop each, so that the arithmetic is compiled into it.
  switch (part) {
    case 'weekday':
      for (let i = 0; i < parts.length; i++) parts[i] = weekdayOf(localMs[i]!);
      return parts;
    case 'hour':
      for (let i = 0; i < parts.length; i++) parts[i] = hourOf(localMs[i]!);
      return parts;
    case 'month':
      for (let i = 0; i < parts.length; i++) parts[i] = monthsOf(localMs[i]!) % 12;
      return parts;
    case 'year':
      for (let i = 0; i < parts.length; i++) parts[i] = Math.floor(monthsOf(localMs[i]!) / 12);
      return parts;
  }
}

function hourOf(localMs: number): number {
  return Math.floor(localMs / HOUR_MS) - Math.floor(localMs / DAY_MS) * 24;
}

/** Monday is 0, Sunday 6. The day 1970-01-01 was a Thursday. */
export function weekdayOf(localMs: number): number {
  const day = Math.floor(localMs / DAY_MS);
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * Months of the proleptic Gregorian calendar since January of the year 0.
 * @see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days
 */
function monthsOf(localMs: number): number {
  const day = Math.floor(localMs / DAY_MS) + 719_468;
  const era = Math.floor(day / 146_097);
  // From here on in 32 bits, where a division by a constant is a multiplication: half the time of the whole.
  const dayOfEra = (day - era * 146_097) | 0;
  const leapless = (dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) | 0;
  const yearOfEra = (leapless / 365) | 0;
  const dayOfYear = (dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0))) | 0;
  const monthFromMarch = ((5 * dayOfYear + 2) / 153) | 0;
  return (era * 400 + yearOfEra) * 12 + monthFromMarch + 2; // the algorithm's years begin in March
}
