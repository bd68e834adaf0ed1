import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newYorkTime, weekdayOf, zoneOffset } from './new-york-clock.js';

const local = (iso: string): string => new Date(newYorkTime(Date.parse(iso))).toISOString().slice(0, 19);

describe('New York clock', () => {
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
  ])('at %s reads %s', (utc, expected) => expect(local(utc)).toBe(expected));

  it('agrees with the time zone database at any second from 1990 to 2037', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2037, 11, 31) / 1000 }), (seconds) => {
        expect(newYorkTime(seconds * 1000)).toBe(seconds * 1000 + zoneOffset(seconds * 1000));
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with it around every change from 2007 to 2037', () => {
    for (let year = 2007; year <= 2037; year++) {
      for (const [month, days] of [
        [2, 15],
        [10, 8],
      ] as const) {
        for (let hour = 0; hour < days * 24; hour++) {
          const ms = Date.UTC(year, month, 1, hour);
          if (newYorkTime(ms) !== ms + zoneOffset(ms)) expect.fail(new Date(ms).toISOString());
        }
      }
    }
  });

  it.each([
    ['1970-01-01', 3],
    ['2013-07-06', 5],
    ['2024-02-26', 0],
    ['1969-12-28', 6],
  ])('%s is weekday %d', (day, weekday) => expect(weekdayOf(Date.parse(day))).toBe(weekday));
});
