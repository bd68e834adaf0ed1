import { describe, expect, it } from 'vitest';
import { matern52 } from './matern.js';

/**
 * Values by the general Matern formula with the Bessel function K of order 5/2 (SciPy), 2^(1-v)/Gamma(v) (s r)^v K_v(s r),
 * s = sqrt(2 v); derivatives by r^2 by numeric differentiation with 60 digits (mpmath).
 */
describe('matern52', () => {
  it.each([
    { r: 0, correlation: 1 },
    { r: 1e-3, correlation: 0.9999991666677073 },
    { r: 0.5, correlation: 0.8286491424181256 },
    { r: 1, correlation: 0.5239941088318205 },
    { r: 3, correlation: 0.027723421914625814 },
    { r: 20, correlation: 2.694492229388203e-17 },
  ])('at distance $r', ({ r, correlation }) => {
    const [values, slopes] = [new Float64Array(1), new Float64Array(1)];
    matern52(Float64Array.of(r * r), 1, values, slopes);
    expect(Math.abs(values[0]! / correlation - 1)).toBeLessThan(1e-12);
  });

  it('has the derivative by the squared distance, also at 0', () => {
    const [values, slopes] = [new Float64Array(4), new Float64Array(4)];
    matern52(Float64Array.of(0, 0.25, 1, 9), 4, values, slopes);
    const expected = [-5 / 6, -0.5770264050179663, -0.2882201939426478, -0.007842165415190885];
    expected.forEach((slope, i) => {
      expect(slopes[i]).toBeCloseTo(slope, 12);
    });
  });
});
