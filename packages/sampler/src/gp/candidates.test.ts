import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, axesOf, paramsAt, pointOf } from '../axis.js';
import { anySpace } from '../contexts.test.kit.js';
import { createRng } from '../rng.js';
import { nearbyPoints, spreadPoints } from './candidates.js';
import { activePoint, completed, type LatentPoint } from './latent-point.js';

/** The point of the configuration that a latent point stands for is the latent point without what is inactive. */
function expectToStandForParams(axes: readonly Axis[], latent: LatentPoint): void {
  const active = activePoint(axes, latent);
  const back = pointOf(axes, paramsAt(axes, latent));
  active.forEach((coordinate, d) => {
    if (Number.isNaN(coordinate)) expect(back[d]).toBeNaN();
    else expect(Math.abs(back[d]! - coordinate)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(coordinate)));
  });
  expect(latent.every((coordinate, d) => coordinate >= axes[d]!.low && coordinate <= axes[d]!.high)).toBe(true);
}

describe('candidates', () => {
  it('lie in range and on the values of any space, all over it and around a point', () => {
    fc.assert(
      fc.property(anySpace, fc.nat(1000), (space, seed) => {
        const axes = axesOf(space);
        const rng = createRng(seed);
        const spread = spreadPoints(axes, 5, rng.fork(0));
        for (const latent of spread) expectToStandForParams(axes, latent);
        for (const latent of nearbyPoints(axes, spread[0]!, 10, rng.fork(1))) expectToStandForParams(axes, latent);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  const unit: Axis = axesOf([
    { name: 'x', distribution: { kind: 'float', low: 0, high: 1, log: false, step: null }, condition: null },
  ])[0]!;

  it('fill the space evenly: each sixteenth of an axis has one of sixteen', () => {
    const cells = spreadPoints([unit, unit], 16, createRng(1)).map(([x]) => Math.floor(x! * 16));
    expect(new Set(cells).size).toBe(16);
  });

  it('around a point are near and far, and change about five coordinates of many', () => {
    const centre = new Float64Array(40).fill(0.5);
    const near = nearbyPoints(Array(40).fill(unit), centre, 400, createRng(2));
    const changed = near.map((point) => point.filter((x) => x !== 0.5).length);
    // one always and 39 with probability 1/8: 5.9 on average, deviation of the mean of 400 about 0.1
    expect(changed.reduce((sum, n) => sum + n, 0) / 400).toBeCloseTo(5.9, 0);
    const steps = near.map((point) => Math.max(...point.map((x) => Math.abs(x - 0.5))));
    expect(steps.filter((step) => step < 0.005).length).toBeGreaterThan(40);
    expect(steps.filter((step) => step > 0.2).length).toBeGreaterThan(40);
  });

  it('always differ from an ordered value at least by one place, inside of the range', () => {
    const three: Axis = axesOf([
      { name: 'n', distribution: { kind: 'int', low: 1, high: 3, log: false, step: 1 }, condition: null },
    ])[0]!;
    for (const [n] of nearbyPoints([three], Float64Array.of(2), 50, createRng(3))) expect([1, 3]).toContain(n);
  });
});

describe('completed', () => {
  it('takes inactive coordinates from the best point that has them, else from the middle', () => {
    const axes = axesOf(
      ['a', 'b', 'c'].map((name) => ({
        name,
        distribution: { kind: 'float', low: 0, high: 4, log: false, step: null },
        condition: null,
      })),
    );
    const nan = Number.NaN;
    const best = [Float64Array.of(1, nan, nan), Float64Array.of(nan, 3, nan), Float64Array.of(nan, 0, nan)];
    expect([...completed(axes, Float64Array.of(0.5, nan, nan), best)]).toEqual([0.5, 3, 2]);
  });
});
