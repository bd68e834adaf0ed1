import { describe, expect, it } from 'vitest';
import { negativeLogPosterior } from './evidence.js';
import {
  expectClose,
  FIVE_GAPS,
  FIVE_POINTS,
  fivePoints,
  numericGradient,
  THETA,
  THREE_FEATURES,
} from './example.test.kit.js';
import { designOf } from './features.js';
import { CONSTANT_TREND, type Trend } from './trend.js';

const log = (theta: Float64Array, trend: Trend = CONSTANT_TREND): number =>
  -negativeLogPosterior(fivePoints(), trend, FIVE_GAPS)(theta, new Float64Array(theta.length));

/** The constant and one linear function, as an earlier study's expectation would be. */
const LINEAR: Trend = {
  count: 2,
  write: (f, values) => values.set([2, f[0]! - 0.3 * f[1]!]),
  addSlopes: () => undefined,
};

describe('log posterior of the hyperparameters', () => {
  /**
   * Differences to the first theta, as constants are left out. From SciPy: the likelihood with the signal variance
   * integrated out is a multivariate t with 2 degrees of freedom and shape K; the warp's Jacobian; lognorm, gamma and norm
   * for the priors.
   */
  it.each([
    { theta: [0.3, -0.8, 0.1, -2, -1], difference: 1.5755251988786085 },
    { theta: [1.5, 1, 2, -7, 4], difference: -11.121001494335985 },
  ])('at $theta', ({ theta, difference }) => {
    expect(log(Float64Array.from(theta)) - log(THETA)).toBeCloseTo(difference, 9);
  });

  it.each([
    { name: 'bent', theta: THETA },
    { name: 'strongly bent, long scales', theta: Float64Array.of(1.5, 1, 2, -3, -2) },
    { name: 'not bent', theta: THETA.slice(0, 4) },
  ])('has the gradient of finite differences: $name', ({ theta }) => {
    for (const trend of [CONSTANT_TREND, LINEAR]) {
      const gradient = new Float64Array(theta.length);
      negativeLogPosterior(fivePoints(), trend, FIVE_GAPS)(theta, gradient);
      expectClose(
        gradient,
        numericGradient((x) => -log(x, trend), theta),
        1e-7,
      );
    }
  });

  it('is Infinity, not an error, where the covariance is singular in double precision', () => {
    const twice = designOf(THREE_FEATURES, [FIVE_POINTS[0]!, FIVE_POINTS[0]!]);
    const theta = Float64Array.of(0, 0, 0, -80, 1);
    expect(
      negativeLogPosterior(twice, { ...CONSTANT_TREND, count: 0 }, Float64Array.of(0, 1))(theta, new Float64Array(5)),
    ).toBe(Infinity);
  });
});
