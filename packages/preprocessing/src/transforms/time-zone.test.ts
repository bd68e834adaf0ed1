import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallClock, zoneOffsets } from './time-zone.js';

const at = (zone: string, ms: number): number => wallClock(zone)(Float64Array.of(ms))[0]!;
const newYork = (ms: number): number => at('America/New_York', ms);
const local = (iso: string): string => new Date(newYork(Date.parse(iso))).toISOString().slice(0, 19);

describe('the clock of New York', () => {
  it.each([
    ['2013-07-06T17:18:00Z', '2013-07-06T13:18:00'],
    ['2013-01-06T17:18:00Z', '2013-01-06T12:18:00'],
    ['2013-01-01T04:59:59Z', '2012-12-31T23:59:59'], // last second of the year before, locally
    ['2013-03-10T06:59:59Z', '2013-03-10T01:59:59'], // second Sunday in March: 1:59:59 EST
    ['2013-03-10T07:00:00Z', '2013-03-10T03:00:00'], // is followed by 3:00 EDT
    ['2013-11-03T05:59:59Z', '2013-11-03T01:59:59'], // first Sunday in November: 1:59:59 EDT
    ['2013-11-03T06:00:00Z', '2013-11-03T01:00:00'], // is followed by 1:00 EST
    ['2009-03-08T07:00:00Z', '2009-03-08T03:00:00'], // the 8th, earliest day of the change
    ['2009-11-01T06:00:00Z', '2009-11-01T01:00:00'], // the 1st
    ['2006-04-01T12:00:00Z', '2006-04-01T07:00:00'], // the rule before 2007
    ['1969-12-31T23:00:00Z', '1969-12-31T18:00:00'],
    ['1881-01-01T12:00:00Z', '1881-01-01T07:03:58'], // solar time, before the railways
  ])('at %s reads %s', (utc, expected) => expect(local(utc)).toBe(expected));
});

describe.each(['America/New_York', 'Europe/Warsaw', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])(
  'the clock of %s',
  (zone) => {
    it('agrees with the time zone data at any millisecond', () => {
      const offsetOf = zoneOffsets(zone);
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2050, 0) }), (ms) => {
          expect(at(zone, ms)).toBe(ms + offsetOf(ms));
        }),
        { numRuns: 300 },
      );
    });
  },
);

it('agrees with the rule of 2007 around every change to 2037', () => {
  // Energy Policy Act of 2005: from the second Sunday in March, 2:00 EST, to the first Sunday in November, 2:00 EDT.
  const sundayFrom = (year: number, month: number, day: number): number => {
    const date = new Date(Date.UTC(year, month, day));
    return Date.UTC(year, month, day + ((7 - date.getUTCDay()) % 7));
  };
  for (let year = 2007; year <= 2037; year++) {
    const start = sundayFrom(year, 2, 8) + 7 * 3_600_000;
    const end = sundayFrom(year, 10, 1) + 6 * 3_600_000;
    for (const [ms, hours] of [
      [start - 1, 5],
      [start, 4],
      [end - 1, 4],
      [end, 5],
    ] as const)
      expect(ms - newYork(ms)).toBe(hours * 3_600_000);
  }
});

it('reads nothing at no time', () => expect(newYork(Number.NaN)).toBeNaN());

it('refuses a zone that there is not', () => {
  expect(() => wallClock('America/Gotham')).toThrow(/no time zone "America\/Gotham".*America\/New_York/);
});
