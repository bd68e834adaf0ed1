import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNPARSABLE } from './number-grammar.js';
import { daysFromCivil, formatNames, parseTimestamp, timestampParser } from './timestamp.js';

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

  it('keeps every millisecond of a fraction and drops what is finer', () => {
    for (let ms = 0; ms < 1000; ms++) {
      const fraction = String(ms).padStart(3, '0');
      expect(parseTimestamp(`1970-01-01 00:00:00.${fraction}`)).toBe(ms);
      expect(parseTimestamp(`1970-01-01 00:00:00.${fraction}9`)).toBe(ms);
    }
  });

  it.each([
    ['4/1/2016 0:16', Date.UTC(2016, 3, 1, 0, 16)],
    ['12/31/2016 23:59:07', Date.UTC(2016, 11, 31, 23, 59, 7)],
    ['02/29/2016 01:02', Date.UTC(2016, 1, 29, 1, 2)],
    ['2017-04-01 00:14:36', Date.UTC(2017, 3, 1, 0, 14, 36)],
    ['2018-01-01 02:06:17.5410', Date.UTC(2018, 0, 1, 2, 6, 17, 541)],
    [' ', Number.NaN],
    ['13/1/2016 0:16', UNPARSABLE],
    ['2/30/2016 0:16', UNPARSABLE],
    ['4/1/16 0:16', UNPARSABLE],
    ['4/1/2016 24:00', UNPARSABLE],
    ['4/1/2016 1:60', UNPARSABLE],
    ['4/1/2016', UNPARSABLE],
  ])('reads %j where both formats are declared', (text, ms) => {
    const both = timestampParser(['month/day/year', 'iso']);
    expect(both(text)).toBe(ms);
    if (text.includes('/')) expect(parseTimestamp(text)).toBe(UNPARSABLE);
  });

  it.each([
    ['day.month.year', '31.12.2016 23:59:07', Date.UTC(2016, 11, 31, 23, 59, 7)],
    ['day.month.year', '1.4.2016 0:16', Date.UTC(2016, 3, 1, 0, 16)],
    ['day.month.year', ' 29.02.2016 ', Date.UTC(2016, 1, 29)],
    ['day.month.year', '', Number.NaN],
    ['day.month.year', '29.02.2015', UNPARSABLE],
    ['day.month.year', '12.31.2016', UNPARSABLE],
    ['day.month.year', '1.4.16', UNPARSABLE],
    ['day.month.year', '1.4.2016 24:00', UNPARSABLE],
    ['day.month.year', '1/4/2016', UNPARSABLE],
    ['date', '2016-02-29', Date.UTC(2016, 1, 29)],
    ['date', ' 1969-12-31 ', -86_400_000],
    ['date', ' ', Number.NaN],
    ['date', '2015-02-29', UNPARSABLE],
    ['date', '2016-2-29', UNPARSABLE],
    ['date', '2016-02-29 00:00:00', UNPARSABLE],
  ] as const)('%s reads %j', (format, text, ms) => {
    expect(timestampParser([format])(text)).toBe(ms);
    if (ms !== UNPARSABLE) expect(timestampParser(['iso', 'month/day/year', 'day.month.year', 'date'])(text)).toBe(ms);
  });

  it('names the formats', () => {
    expect(formatNames(['iso', 'month/day/year'])).toBe('YYYY-MM-DD HH:MM:SS UTC or M/D/YYYY H:MM');
    expect(formatNames(['day.month.year', 'date'])).toBe('D.M.YYYY H:MM or YYYY-MM-DD');
  });

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
