import { describe, expect, it } from 'vitest';
import { improvementWeights, recencyWeights } from './trial-weights.js';

describe('improvementWeights', () => {
  it.each([
    { name: 'the distance below the threshold', losses: [1, 3, 4], threshold: 4, expected: [3, 1, 1e-12] },
    { name: 'no threshold', losses: [1, 3], threshold: Infinity, expected: [1, 1] },
    { name: 'a threshold of -Infinity', losses: [-Infinity], threshold: -Infinity, expected: [1] },
    { name: 'a loss of -Infinity', losses: [-Infinity, 3], threshold: 4, expected: [1, 1] },
    { name: 'a loss of Infinity', losses: [3, Infinity], threshold: 4, expected: [1, 1e-12] },
    { name: 'no trial', losses: [], threshold: 1, expected: [] },
  ])('$name', ({ losses, threshold, expected }) => {
    expect([...improvementWeights(losses, threshold)]).toEqual(expected);
  });
});

describe('recencyWeights', () => {
  it.each([0, 1, 25])('counts the newest 25 fully (%i)', (count) => {
    expect([...recencyWeights(count)]).toEqual(new Array(count).fill(1));
  });

  it.each([
    { count: 26, old: [1 / 26] },
    { count: 27, old: [1 / 27, 1] },
    { count: 28, old: [1 / 28, (1 / 28 + 1) / 2, 1] },
  ])('lets older ones fade, $count', ({ count, old }) => {
    const weights = [...recencyWeights(count)];
    expect(weights.slice(old.length)).toEqual(new Array(25).fill(1));
    old.forEach((weight, i) => {
      expect(weights[i]).toBeCloseTo(weight, 14);
    });
  });
});
