import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNPARSABLE } from './number-grammar.js';
import { daysFromCivil, parseTimestamp } from './timestamp.js';

describe('timestamps', () => {
  it.each([
    ['1970-01-01 00:00:00 UTC', 0],
    ['2013-07-06 17:18:00 UTC', Date.UTC(2013, 6, 6, 17, 18)],
    ['2013-07-06 17:18:00', Date.UTC(2013, 6, 6, 17, 18)],
    ['2013-07-06T17:18:05Z', Date.UTC(2013, 6, 6, 17, 18, 5)],
    ['2013-07-06 17:18', Date.UTC(2013, 6, 6, 17, 18)],
    ['2013-07-06 17:18 UTC', Date.UTC(2013, 6, 6, 17, 18)],
    [' 2013-07-06 17:18:00.0000001 ', Date.UTC(2013, 6, 6, 17, 18)],
    ['2013-07-06 17:18:00.25 UTC', Date.UTC(2013, 6, 6, 17, 18, 0, 250)],
    ['2013-07-06T17:18:00+02:00', Date.UTC(2013, 6, 6, 15, 18)],
    ['2013-07-06 17:18:00 -0430', Date.UTC(2013, 6, 6, 21, 48)],
    ['2012-02-29 00:00:00', Date.UTC(2012, 1, 29)],
    ['0001-01-01 00:00:00', -62_135_596_800_000],
  ])('reads %j', (text, ms) => expect(parseTimestamp(text)).toBe(ms));

  it.each(['', '  '])('reads %j as missing', (text) => expect(parseTimestamp(text)).toBeNaN());

  it.each([
    '2013-02-29 00:00:00',
    '1900-02-29 00:00:00',
    '2013-13-01 00:00:00',
    '2013-00-01 00:00:00',
    '2013-04-31 00:00:00',
    '2013-07-06 24:00:00',
    '2013-07-06 17:60:00',
    '2013-07-06 17:18:60',
    '2013-07-06',
    '2013-07-06 17',
    '06/07/2013 17:18',
    '2013-07-06 17:18:00 EST',
    '43',
    '2013-07-06x17:18:00',
    '2013-07-06 17:18:00.',
    '2013-7-06 17:18:00',
    '-013-07-06 17:18:00',
    '2013-07-06 17:18:00 UTCx',
  ])('refuses %j', (text) => expect(parseTimestamp(text)).toBe(UNPARSABLE));

  it('agrees with the runtime on every day of four centuries and on any second', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1800, 0) / 1000, max: Date.UTC(2200, 0) / 1000 }), (seconds) => {
        const iso = new Date(seconds * 1000).toISOString();
        expect(parseTimestamp(iso)).toBe(seconds * 1000);
        expect(daysFromCivil(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10)))).toBe(
          Math.floor(seconds / 86_400),
        );
      }),
    );
  });
});
