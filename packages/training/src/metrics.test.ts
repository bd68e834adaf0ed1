import { expect, it } from 'vitest';
import { ErrorSums, score } from './metrics.js';

it('scores errors 1, -2, 3', () => {
  const metrics = score(Float32Array.of(2, 0, 6), Float32Array.of(1, 2, 3));
  expect(metrics).toMatchObject({ rows: 3, mae: 2 });
  expect(metrics.rmse).toBeCloseTo(Math.sqrt(14 / 3), 12);
  expect(metrics.maeStandardError).toBeCloseTo(1 / Math.sqrt(3), 12); // sample deviation of 1, 2, 3 is 1
});

it('is not a number where a prediction is not', () => {
  expect(score(Float32Array.of(Number.NaN, 1), Float32Array.of(1, 1)).mae).toBeNaN();
});

it('gives the same from parts that are merged', () => {
  const [whole, part] = [new ErrorSums(), new ErrorSums()];
  whole.add(Float32Array.of(2, 0), Float32Array.of(1, 2));
  part.add(Float32Array.of(6), Float32Array.of(3));
  whole.merge(part);
  expect(whole.metrics()).toEqual(score(Float32Array.of(2, 0, 6), Float32Array.of(1, 2, 3)));
});
