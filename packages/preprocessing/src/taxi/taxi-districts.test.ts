import fc from 'fast-check';
import ngeohash from 'ngeohash';
import { describe, expect, it } from 'vitest';
import { districtOf, TAXI_DISTRICTS } from './taxi-districts.js';

/** Geohash from its definition (Niemeyer 2008), bit by bit, longitude first, strictly above the middle. The slow twin. */
function geohash5(latitude: number, longitude: number): string {
  const ranges = [
    [-180, 180],
    [-90, 90],
  ] as const;
  const bounds = ranges.map(([low, high]) => ({ low, high }) as { low: number; high: number });
  let bits = '';
  for (let i = 0; i < 25; i++) {
    const axis = bounds[i % 2]!;
    const middle = (axis.low + axis.high) / 2;
    const isAbove = (i % 2 === 0 ? longitude : latitude) > middle;
    bits += isAbove ? '1' : '0';
    axis[isAbove ? 'low' : 'high'] = middle;
  }
  return bits
    .match(/.{5}/g)!
    .map((five) => '0123456789bcdefghjkmnpqrstuvwxyz'[Number.parseInt(five, 2)])
    .join('');
}

describe('taxi districts', () => {
  it('are the 20 cells of the course, in its order', () => {
    const listed =
      'dr5ru dr5rs dr5rv dr72h dr72j dr5re dr5rk dr5rz dr5ry dr5rt dr5rg dr5x1 dr5x0 dr72m dr5rm dr5rx dr5x2 dr5rw dr5rh dr5x8';
    expect(TAXI_DISTRICTS.join(' ')).toBe(listed);
  });

  it('each hold their own middle', () => {
    TAXI_DISTRICTS.forEach((cell, i) => {
      const { latitude, longitude } = ngeohash.decode(cell);
      expect(districtOf(latitude, longitude)).toBe(i);
    });
  });

  it('give an edge to the cell south and west of it', () => {
    const [south, west, north, east] = ngeohash.decode_bbox('dr5ru');
    expect(districtOf(north, east)).toBe(0);
    expect(districtOf(south, (west + east) / 2)).not.toBe(0);
    expect(districtOf((south + north) / 2, west)).not.toBe(0);
  });

  it('agree with the definition of geohash anywhere around New York', () => {
    const degrees = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(degrees(40.4, 41), degrees(-74.4, -73.6), (latitude, longitude) => {
        expect(districtOf(latitude, longitude)).toBe(
          (TAXI_DISTRICTS as readonly string[]).indexOf(geohash5(latitude, longitude)),
        );
      }),
    );
  });

  it.each([
    ['the Atlantic', 40, -70],
    ['nowhere (0, 0)', 0, 0],
    ['an impossible latitude', 401, -73.9],
  ])('leave out %s', (_, latitude, longitude) => expect(districtOf(latitude, longitude)).toBe(-1));
});
