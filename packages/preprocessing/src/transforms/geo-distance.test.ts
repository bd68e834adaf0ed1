import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearingDegrees, haversineKm, manhattanKm } from './geo-distance.js';

const DEGREE_KM = (Math.PI / 180) * 6371;

describe('distance', () => {
  it('is measured as the formulas say', () => {
    expect(haversineKm(0, 0, 0, 180)).toBeCloseTo(Math.PI * 6371, 6);
    expect(haversineKm(40, -74, 41, -74)).toBeCloseTo(DEGREE_KM, 6);
    expect(manhattanKm(40, -74, 41, -73)).toBeCloseTo(2 * DEGREE_KM, 6);
    expect(haversineKm(10, 20, -10, -160)).toBeCloseTo(Math.PI * 6371, 2); // rounding must not leave the arc sine's domain
  });
});

describe('bearing', () => {
  it.each([
    { to: 'north', latitude: 1, longitude: 0, degrees: 0 },
    { to: 'east', latitude: 0, longitude: 1, degrees: 90 },
    { to: 'south', latitude: -1, longitude: 0, degrees: 180 },
    { to: 'west', latitude: 0, longitude: -1, degrees: 270 },
    // Napier's rules for the right-angled triangle of one degree each way: tan = tan(1°) / sin(1°), 45.0044°.
    { to: 'north-east', latitude: 1, longitude: 1, degrees: 44.99563645534485 },
  ])('to the $to is $degrees', ({ latitude, longitude, degrees }) => {
    expect(bearingDegrees(0, 0, latitude, longitude)).toBeCloseTo(degrees, 9);
  });

  it('turns by half a circle on the way back along a meridian, and stays within the circle', () => {
    const latitude = fc.double({ min: -80, max: 80, noNaN: true });
    const longitude = fc.double({ min: -179, max: 179, noNaN: true });
    fc.assert(
      fc.property(latitude, longitude, latitude, longitude, (a, b, c, d) => {
        const degrees = bearingDegrees(a, b, c, d);
        expect(degrees).toBeGreaterThanOrEqual(0);
        expect(degrees).toBeLessThanOrEqual(360);
        const mirrored = bearingDegrees(a, -b, c, -d); // east becomes west
        expect(Math.abs(((degrees + mirrored + 180) % 360) - 180)).toBeLessThan(1e-6);
      }),
    );
  });
});
