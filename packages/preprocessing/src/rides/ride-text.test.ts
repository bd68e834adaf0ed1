import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DATES } from './pickup-time.js';
import { MAX_LINE_BYTES, writeDecimal, writeRide } from './ride-text.js';

const bytes = Buffer.alloc(2 * MAX_LINE_BYTES);

it.each([
  { millionths: 0, text: '0' },
  { millionths: 7_700_000, text: '7.7' },
  { millionths: 52_000_000, text: '52' },
  { millionths: -73_990_000, text: '-73.99' },
  { millionths: 40_000_001, text: '40.000001' },
  { millionths: 400_714_000, text: '400.714' },
  { millionths: -10, text: '-0.00001' },
])('$millionths millionths are $text', ({ millionths, text }) => {
  expect(bytes.toString('latin1', 3, writeDecimal(bytes, 3, millionths))).toBe(text);
});

const degrees = fc.oneof(fc.constant(0), fc.double({ min: -180, max: 500, noNaN: true }));

it('a line is what JavaScript would print cell by cell', () => {
  const stamp = fc.record({
    day: fc.nat(DATES.length - 1),
    hour: fc.nat(23),
    minute: fc.nat(59),
    second: fc.nat(59),
    suffix: fc.integer({ min: 1, max: 9 }),
  });
  const cells = fc.record({
    fareCents: fc.integer({ min: -99_999, max: 99_999 }),
    pickupLongitude: degrees,
    pickupLatitude: degrees,
    dropoffLongitude: degrees,
    dropoffLatitude: degrees,
    passengers: fc.nat(6),
  });
  fc.assert(
    fc.property(stamp, cells, fc.boolean(), (stamp, cells, isNoisy) => {
      const two = (value: number): string => String(value).padStart(2, '0');
      const time = `${DATES[stamp.day]} ${two(stamp.hour)}:${two(stamp.minute)}:${two(stamp.second)}`;
      const print = (value: number): string =>
        String(isNoisy ? Math.fround(value) : Number((Math.round(value * 1e6) / 1e6).toFixed(6)) || 0);
      const places = [cells.pickupLongitude, cells.pickupLatitude, cells.dropoffLongitude, cells.dropoffLatitude];
      const expected = [
        `${time}.000000${stamp.suffix}`,
        cells.fareCents / 100,
        `${time} UTC`,
        ...places.map(print),
        `${cells.passengers}\n`,
      ].join(',');
      expect(bytes.toString('latin1', 7, writeRide(bytes, 7, stamp, cells, isNoisy))).toBe(expected);
      expect(expected.length).toBeLessThanOrEqual(MAX_LINE_BYTES);
    }),
  );
});
