import { PreprocessingError } from '../preprocessing-error.js';
import { daysFromCivil } from '../timestamp.js';

const DAY_MS = 86_400_000;
/** Days whose offset is remembered: 1900-01-01 to 2199-12-31, 0.9 MB a zone. Times outside are looked up one by one. */
const FIRST_DAY = daysFromCivil(1900, 1, 1);
const DAYS = daysFromCivil(2200, 1, 1) - FIRST_DAY;
/** Marks a day on which the clock is changed. */
const CHANGES = Number.POSITIVE_INFINITY;

/** From milliseconds since 1970 UTC to milliseconds that read, in UTC terms, as the local date and time. */
export type WallClock = (utcMs: Float64Array) => Float64Array;

const clocks = new Map<string, WallClock>();

/**
 * The wall clock of a time zone, by the runtime's time zone data, at a few nanoseconds a look: the zone's offset is looked up
 * once for every day that occurs. A pure function; what it remembers is shared by all who ask.
 * @param zone a name of the IANA database, such as `America/New_York`
 * @throws {PreprocessingError} BAD_OPTION for a zone that the runtime does not know
 */
export function wallClock(zone: string): WallClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock: WallClock = zone === 'UTC' ? (utcMs) => utcMs : zonedClock(zoneOffsets(zone));
  clocks.set(zone, clock);
  return clock;
}

function zonedClock(offsetOf: (utcMs: number) => number): WallClock {
  const offsets = new Float64Array(DAYS).fill(Number.NaN);
  const offsetAt = (utcMs: number, day: number): number => {
    if (!(day >= 0 && day < DAYS)) return offsetOf(utcMs);
    if (Number.isNaN(offsets[day]!)) offsets[day] = offsetOfDay(day, offsetOf);
    return offsets[day] === CHANGES ? offsetOf(utcMs) : offsets[day]!;
  };
  return (utcMs) => {
    const local = new Float64Array(utcMs.length);
    for (let i = 0; i < local.length; i++)
      local[i] = utcMs[i]! + offsetAt(utcMs[i]!, Math.floor(utcMs[i]! / DAY_MS) - FIRST_DAY);
    return local;
  };
}

function offsetOfDay(day: number, offsetOf: (utcMs: number) => number): number {
  const start = (day + FIRST_DAY) * DAY_MS;
  const offset = offsetOf(start);
  return offset === offsetOf(start + DAY_MS - 1) ? offset : CHANGES;
}

/** The offset of any moment in milliseconds, by the runtime's time zone data; some microseconds a look. NaN for no time. */
export function zoneOffsets(zone: string): (utcMs: number) => number {
  const format = zoneFormat(zone);
  return (utcMs) => {
    if (!Number.isFinite(utcMs)) return Number.NaN;
    const part = Object.fromEntries(format.formatToParts(utcMs).map(({ type, value }) => [type, value]));
    const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year);
    const local =
      daysFromCivil(year, Number(part.month), Number(part.day)) * DAY_MS +
      (Number(part.hour) * 3600 + Number(part.minute) * 60 + Number(part.second)) * 1000;
    return local - Math.floor(utcMs / 1000) * 1000;
  };
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  const fields = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', era: 'short', ...fields });
  } catch (cause) {
    throw new PreprocessingError('BAD_OPTION', `there is no time zone ${JSON.stringify(timeZone)}`, {
      expected: 'a name such as America/New_York, or UTC',
      cause,
    });
  }
}
