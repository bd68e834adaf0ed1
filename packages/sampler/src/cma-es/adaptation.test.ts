import { expect, it } from 'vitest';
import { adapt, newAdaptation } from './adaptation.js';
import { gaussianOf } from './gaussian.js';
import { strategyFor } from './strategy.js';

/** Seven steps in three dimensions; those of the second update are so long that the covariance path pauses. */
function stepsOf(update: number): readonly Float64Array[] {
  const scale = update === 1 ? 5 : 1;
  return Array.from({ length: 7 }, (_, k) =>
    Float64Array.from({ length: 3 }, (__, i) => scale * Math.sin(1 + 3 * k + 7 * i + 13 * update)),
  );
}

/** From the tutorial's equations 41 to 47, written down again with numpy (C^(-1/2) from its eigh). */
const UPDATES = [
  {
    mean: [0.305311893315, 0.62209518812, 0.978783781822],
    sigma: 0.25577779545,
    covariance: [1.03817170605, 0.0243140967298, -0.0103469971147, 0.904973247499, -0.154272606825, 0.76889786924],
    sigmaPath: [0.427479369017, 0.495605694046, 0.319797130996],
    covariancePath: [0.473044798768, 0.548432773135, 0.353884609277],
  },
  {
    mean: [0.829116497269, 1.05824763472, 1.11261180332],
    sigma: 0.387699459289,
    covariance: [2.69325900894, 1.40000451004, 0.477036615415, 2.1366214832, 0.224291423857, 0.920513516668],
    sigmaPath: [2.67571394504, 2.53657193646, 1.14894065737],
    covariancePath: [0.208706739432, 0.241967813993, 0.156133421464],
  },
  {
    mean: [0.981211215353, 1.14042734035, 1.08442801592],
    sigma: 0.457079676671,
    covariance: [2.19412202064, 0.841157451765, 0.124180755069, 1.50926616091, -0.148676543653, 0.701645859495],
    sigmaPath: [1.86147347422, 1.57664014658, 0.515791647371],
    covariancePath: [0.620727249556, 0.392393555975, -0.0290744766783],
  },
];

function expectClose(got: ArrayLike<number>, expected: readonly number[]): void {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(got[i]).toBeCloseTo(value, 9);
  });
}

it('updates as the tutorial says, three times in a row', () => {
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  let adaptation = newAdaptation(gaussianOf(Float64Array.of(0.2, 0.5, 0.9), 0.3, identity));
  UPDATES.forEach((expected, update) => {
    adaptation = adapt(adaptation, strategyFor(3, 7), stepsOf(update));
    const { gaussian, sigmaPath, covariancePath } = adaptation;
    expectClose(gaussian.mean, expected.mean);
    expect(gaussian.sigma).toBeCloseTo(expected.sigma, 9);
    expectClose(upperTriangle(gaussian.covariance), expected.covariance);
    expectClose(sigmaPath, expected.sigmaPath);
    expectClose(covariancePath, expected.covariancePath);
  });
  expect(adaptation.age).toBe(3);
});

function upperTriangle(matrix: Float64Array): readonly number[] {
  return [0, 1, 2, 4, 5, 8].map((place) => matrix[place]!);
}
