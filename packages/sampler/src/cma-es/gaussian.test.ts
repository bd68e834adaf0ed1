import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.js';
import { deviation, gaussianOf, pointAt, whitened } from './gaussian.js';
import { standardNormal } from './standard-normal.js';

const mean = Float64Array.of(1, -2);
const tilted = gaussianOf(mean, 2, Float64Array.of(2, 1, 1, 2)); // along (1, 1): variance 3, along (1, -1): 1

describe('gaussian', () => {
  it('knows the deviation along each coordinate', () => {
    expect(deviation(tilted, 0)).toBeCloseTo(2 * Math.SQRT2, 12);
    expect([...tilted.lengths].sort()).toEqual([expect.closeTo(1, 12), expect.closeTo(Math.sqrt(3), 12)]);
  });

  it('whitens: a step along (1, 1) shrinks by its deviation, one along (1, -1) stays', () => {
    expect([...whitened(tilted, Float64Array.of(3, 3))]).toEqual([
      expect.closeTo(Math.sqrt(3)),
      expect.closeTo(Math.sqrt(3)),
    ]);
    expect([...whitened(tilted, Float64Array.of(3, -3))]).toEqual([expect.closeTo(3), expect.closeTo(-3)]);
  });

  it('places points so that they have the covariance sigma^2 C', () => {
    const rng = createRng(1);
    const count = 20_000;
    const steps = Array.from({ length: count }, () => {
      const point = pointAt(tilted, Float64Array.of(standardNormal(rng), standardNormal(rng)));
      return point.map((x, i) => x - mean[i]!);
    });
    const moment = (i: number, j: number): number => steps.reduce((sum, step) => sum + step[i]! * step[j]!, 0) / count;
    // the variance of x^2 is 2 * 8^2 and that of x y is 8^2 + 4^2: five standard errors
    expect(Math.abs(moment(0, 0) - 8)).toBeLessThan(5 * Math.sqrt(128 / count));
    expect(Math.abs(moment(1, 1) - 8)).toBeLessThan(5 * Math.sqrt(128 / count));
    expect(Math.abs(moment(0, 1) - 4)).toBeLessThan(5 * Math.sqrt(80 / count));
  });

  it('stays finite when the covariance is singular, or not quite positive by rounding', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e-17, max: 1e-17, noNaN: true }), (least) => {
        const flat = gaussianOf(mean, 1, Float64Array.of(1, 0, 0, least));
        expect(whitened(flat, Float64Array.of(1, 1)).every(Number.isFinite)).toBe(true);
      }),
      { seed: 1, numRuns: 20 },
    );
  });
});
