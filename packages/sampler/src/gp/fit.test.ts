import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.js';
import { negativeLogPosterior } from './evidence.js';
import { type Design, designOf, type Features } from './features.js';
import { fitHyperparameters, type Outputs } from './fit.js';
import { gapsOf } from './loss-gaps.js';
import { CONSTANT_TREND } from './trend.js';

const THREE: Features = {
  count: 3,
  isCategory: new Uint8Array(3),
  axisOf: Int32Array.of(0, 1, 2),
  write: (point, out) => out.set(point),
};

function design(n: number): Design {
  const rng = createRng(4);
  return designOf(
    THREE,
    Array.from({ length: n }, () => Float64Array.from({ length: 3 }, () => rng.next())),
  );
}

function outputs(n: number, loss: (x: readonly number[], noise: number) => number, bends = true): Outputs {
  const points = design(n);
  const rng = createRng(5);
  const losses = Array.from({ length: n }, (_, i) =>
    loss(
      [0, 1, 2].map((f) => points.columns[f * n + i]!),
      2 * rng.next() - 1,
    ),
  );
  return { design: points, trend: CONSTANT_TREND, gaps: gapsOf(losses), bends };
}

const smooth = outputs(40, ([x, y]) => Math.sin(6 * x!) + 0.5 * y!);

describe('fitHyperparameters', () => {
  it('gives a short scale to what matters much, a long one to what does not matter', () => {
    const [x, y, z, noise] = fitHyperparameters(smooth, undefined, 0);
    expect(x).toBeLessThan(y!);
    expect(y).toBeLessThan(z!);
    expect(noise).toBeLessThan(Math.log(1e-5));
  });

  it('tells noise from signal', () => {
    // the noise has a variance of 0.08, the signal one of about 1
    const noisy = fitHyperparameters(
      outputs(60, ([x], u) => 2 * Math.sin(3 * x!) + 0.5 * u),
      undefined,
      0,
    );
    expect(noisy[3]).toBeGreaterThan(Math.log(1e-3));
  });

  it('bends values that span decades, leaves those that do not', () => {
    const tau = (loss: (x: readonly number[]) => number): number =>
      fitHyperparameters(outputs(40, loss), undefined, 0)[4]!;
    expect(tau(([x, y]) => Math.exp(8 * x! + 3 * y!))).toBeLessThan(1);
    expect(tau(([x, y]) => Math.sin(5 * x!) + y!)).toBeGreaterThan(1);
  });

  const value = (theta: Float64Array): number =>
    negativeLogPosterior(smooth.design, smooth.trend, smooth.gaps)(theta, new Float64Array(5));

  it('goes on from known hyperparameters, to where it would have come anyway', () => {
    const afresh = fitHyperparameters(smooth, undefined, 0);
    const again = fitHyperparameters(
      smooth,
      afresh.map((x) => x + 0.3),
      1,
    );
    expect(value(again)).toBeCloseTo(value(afresh), 1);
  });

  it('leaves a bad known place every eighth round', () => {
    const allNoise = Float64Array.of(4, 4, 4, 0, 6);
    expect(value(fitHyperparameters(smooth, allNoise, 8))).toBeCloseTo(
      value(fitHyperparameters(smooth, undefined, 8)),
      1,
    );
  });

  it('starts afresh from hyperparameters of another space', () => {
    expect(fitHyperparameters(smooth, Float64Array.of(1, 2), 1)).toEqual(fitHyperparameters(smooth, undefined, 1));
  });

  it('keeps known hyperparameters between the fits of a large study', () => {
    const large = outputs(120, ([x]) => x!);
    const known = Float64Array.of(0, 1, 1, -9, 2);
    expect(fitHyperparameters(large, known, 7)).toBe(known);
    expect(fitHyperparameters(large, known, 6)).not.toBe(known);
  });

  it('takes equal losses', () => {
    expect(
      fitHyperparameters(
        outputs(6, () => 3),
        undefined,
        0,
      ),
    ).toSatisfy((theta: Float64Array) => theta.every(Number.isFinite));
  });
});
