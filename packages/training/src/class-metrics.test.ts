import { describe, expect, it } from 'vitest';
import { scoreClasses } from './class-metrics.js';

const binary = (predictions: number[], labels: number[]) =>
  scoreClasses({ kind: 'binary' }, Float32Array.from(predictions), Float32Array.from(labels));

describe('binary labels', () => {
  it('log loss, its standard error and accuracy of 0.5 for a 1 and 0.25 for a 0', () => {
    // -ln 0.5 and -ln 0.75; 0.5 is not above a half, so the 1 is taken for a 0.
    const [first, second] = [Math.log(2), -Math.log(0.75)];
    const { logLoss, logLossStandardError, accuracy } = binary([0.5, 0.25], [1, 0]);
    expect(logLoss).toBeCloseTo((first + second) / 2, 12);
    expect(logLossStandardError).toBeCloseTo(Math.abs(first - second) / 2, 12);
    expect(accuracy).toBe(0.5);
  });

  it.each([
    { name: 'every 1 above every 0', predictions: [0.1, 0.2, 0.8, 0.9], labels: [0, 0, 1, 1], auc: 1 },
    { name: 'three of four pairs', predictions: [0.1, 0.4, 0.35, 0.8], labels: [0, 0, 1, 1], auc: 0.75 },
    { name: 'ties count half', predictions: [0.3, 0.3, 0.3, 0.9], labels: [0, 1, 0, 1], auc: 0.75 },
    { name: 'all the same', predictions: [0.3, 0.3, 0.3], labels: [0, 1, 0], auc: 0.5 },
    { name: 'the wrong way round', predictions: [0.9, 0.1], labels: [0, 1], auc: 0 },
    { name: 'one class only', predictions: [0.9, 0.1], labels: [1, 1], auc: null },
  ])('area under the curve: $name', ({ predictions, labels, auc }) => {
    expect(binary(predictions, labels).auc).toBe(auc);
  });

  it('one sure error costs -ln 1e-7, not infinity', () => {
    expect(binary([1], [0]).logLoss).toBeCloseTo(-Math.log(1e-7), 6);
  });
});

it('several classes: log loss of the own class, the likeliest class counts', () => {
  const predictions = Float32Array.of(0.5, 0.25, 0.25, 0.125, 0.375, 0.5);
  const metrics = scoreClasses({ kind: 'classes', size: 3 }, predictions, Float32Array.of(0, 1));
  expect(metrics).toMatchObject({ rows: 2, accuracy: 0.5, auc: null });
  expect(metrics.logLoss).toBeCloseTo((Math.log(2) - Math.log(0.375)) / 2, 12);
});
