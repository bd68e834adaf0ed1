import fc from 'fast-check';
import ngeohash from 'ngeohash';
import { describe, expect, it } from 'vitest';
import { TAXI_DISTRICTS } from '../taxi/taxi-districts.js';
import { geohashCell, geohashCells, geohashText, MAX_GEOHASH_PRECISION } from './geohash.js';

/** Geohash from its definition (Niemeyer 2008), bit by bit, longitude first, strictly above the middle. The slow twin. */
function geohashByBits(latitude: number, longitude: number, precision: number): string {
  const bounds = [
    { low: -180, high: 180 },
    { low: -90, high: 90 },
  ];
  let bits = '';
  for (let i = 0; i < 5 * precision; i++) {
    const axis = bounds[i % 2]!;
    const middle = (axis.low + axis.high) / 2;
    const isAbove = (i % 2 === 0 ? longitude : latitude) > middle;
    bits += isAbove ? '1' : '0';
    axis[isAbove ? 'low' : 'high'] = middle;
  }
  return bits.replaceAll(/.{5}/g, (five) => '0123456789bcdefghjkmnpqrstuvwxyz'[Number.parseInt(five, 2)]!);
}

function geohash(latitude: number, longitude: number, precision: number): string {
  return geohashText(geohashCells(Float64Array.of(latitude), Float64Array.of(longitude), precision)[0]!, precision);
}

describe('geohash', () => {
  it.each([
    // The example of geohash.org's own description: 57.64911, 10.40744 is u4pruydqqvj.
    { latitude: 57.64911, longitude: 10.40744, text: 'u4pruydqqv' },
    { latitude: 40.769802, longitude: -73.984365, text: 'dr5ru' },
    { latitude: 0, longitude: 0, text: '7zzzz' },
    { latitude: 401, longitude: -73.9, text: 'frg' }, // an impossible latitude counts as the pole
  ])('of $latitude, $longitude is $text', ({ latitude, longitude, text }) => {
    expect(geohash(latitude, longitude, text.length)).toBe(text);
  });

  it('is what its definition says, at every precision', () => {
    const degrees = (end: number) => fc.double({ min: -end, max: end, noNaN: true });
    const precision = fc.integer({ min: 1, max: MAX_GEOHASH_PRECISION });
    fc.assert(
      fc.property(degrees(95), degrees(185), precision, (latitude, longitude, length) => {
        expect(geohash(latitude, longitude, length)).toBe(geohashByBits(latitude, longitude, length));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives an edge to the cell south and west of it', () => {
    for (const cell of TAXI_DISTRICTS) {
      const [south, west, north, east] = ngeohash.decode_bbox(cell);
      expect(geohash(north, east, 5)).toBe(cell);
      expect(geohash(south, west, 5)).toBe(geohashByBits(south, west, 5));
      expect(geohash(south, (west + east) / 2, 5)).not.toBe(cell);
      expect(geohash((south + north) / 2, west, 5)).not.toBe(cell);
    }
  });

  it('comes back from its text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9b-hjkmnp-z]{1,10}$/), (text) => {
        expect(geohashText(geohashCell(text), text.length)).toBe(text);
      }),
    );
    expect(geohashCell('dr5ra')).toBeNaN();
  });

  it('is missing where a coordinate is', () => {
    const cells = geohashCells(Float64Array.of(Number.NaN, 1), Float64Array.of(1, Number.NaN), 5);
    expect([...cells]).toEqual([Number.NaN, Number.NaN]);
  });
});
