import { describe, expect, it } from 'vitest';
import { expectClose, FIVE_GAPS, FIVE_POINTS, fivePoints, numericGradient, THETA } from './example.test.kit.js';
import { Posterior } from './posterior.js';
import { CONSTANT_TREND, type Trend } from './trend.js';
import { warp } from './warp.js';

const z = new Float64Array(5);
warp(FIVE_GAPS, THETA[4]!, z, new Float64Array(5));

/** The constant and a curve, as an earlier study's expectation is. */
const CURVED: Trend = {
  count: 2,
  write: (f, values) => values.set([2, Math.sin(3 * f[0]!) + f[1]! ** 2]),
  addSlopes: (weights, slope) => {
    slope[0]! += weights[1]! * 3 * Math.cos(3 * PLACE[0]!);
    slope[1]! += weights[1]! * 2 * PLACE[1]!;
  },
};
const PLACE = Float64Array.of(0.45, 0.7, 1);

describe('posterior', () => {
  /** By the textbook formula with an explicit solve (NumPy). */
  it.each([
    { f: [0.5, 0.5, 1], mean: -0.04295410087087494, deviation: 0.6253457353604825 },
    { f: [0.05, 0.95, 0], mean: -0.3623425736153835, deviation: 0.4897656027458554 },
    { f: [0.9, 0.1, 2], mean: -0.5720824163933644, deviation: 1.4698970673914304 },
  ])('at $f', ({ f, mean, deviation }) => {
    const posterior = new Posterior(fivePoints(), CONSTANT_TREND, THETA, z);
    posterior.moveTo(Float64Array.from(f));
    posterior.takeDeviation();
    expect(posterior.mean).toBeCloseTo(mean, 10);
    expect(posterior.deviation).toBeCloseTo(deviation, 10);
    expect(1 / posterior.precision).toBeCloseTo(7.6178382823316655, 9);
  });

  it('goes through the observed values, without uncertainty, when there is no noise', () => {
    const posterior = new Posterior(fivePoints(), CONSTANT_TREND, Float64Array.of(-1, -1, 0, Math.log(1e-10)), z);
    FIVE_POINTS.forEach((point, i) => {
      posterior.moveTo(point);
      posterior.takeDeviation();
      expect(posterior.mean).toBeCloseTo(z[i]!, 6);
      expect(posterior.deviation).toBeLessThan(1e-4);
    });
  });

  it.each([
    { name: 'constant', trend: CONSTANT_TREND },
    { name: 'curved', trend: CURVED },
  ])('has the slopes of finite differences, 0 for the category: $name trend', ({ trend }) => {
    const posterior = new Posterior(fivePoints(), trend, THETA, z);
    const at = (x: Float64Array): Posterior => {
      posterior.moveTo(Float64Array.of(x[0]!, x[1]!, PLACE[2]!));
      posterior.takeDeviation();
      return posterior;
    };
    const xy = PLACE.slice(0, 2);
    const mean = numericGradient((x) => at(x).mean, xy);
    const deviation = numericGradient((x) => at(x).deviation, xy);
    at(xy).takeMeanSlope();
    posterior.takeDeviationSlope();
    expectClose(posterior.meanSlope, Float64Array.of(...mean, 0), 1e-8);
    expectClose(posterior.deviationSlope, Float64Array.of(...deviation, 0), 1e-8);
  });

  it('takes observations that coincide without noise', () => {
    const twice = { ...fivePoints(), columns: fivePoints().columns.slice() };
    for (let f = 0; f < 3; f++) twice.columns[f * 5 + 1] = twice.columns[f * 5]!;
    const posterior = new Posterior(twice, CONSTANT_TREND, Float64Array.of(0, 0, 0, -80), z);
    posterior.moveTo(PLACE);
    posterior.takeDeviation();
    expect(posterior.mean).toSatisfy(Number.isFinite);
    expect(posterior.deviation).toSatisfy(Number.isFinite);
  });
});
