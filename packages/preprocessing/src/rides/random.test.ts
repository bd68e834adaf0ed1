import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, weightedIndex } from './random.js';

/** Looks through all weights for each draw: the slow, obvious twin. */
function slowIndex(weights: readonly number[], draw: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  return weights.findIndex((weight) => {
    reached += weight;
    return draw < reached / total;
  });
}

describe('weightedIndex', () => {
  it.each([
    { weights: [1, 1, 2], draw: 0, index: 0 },
    { weights: [1, 1, 2], draw: 0.25, index: 1 },
    { weights: [1, 1, 2], draw: 0.4999, index: 1 },
    { weights: [1, 1, 2], draw: 0.5, index: 2 },
    { weights: [0, 1, 0], draw: 0, index: 1 },
    { weights: [0, 1, 0], draw: 0.9999, index: 1 },
  ])('draw $draw of $weights is index $index', ({ weights, draw, index }) => {
    expect(weightedIndex(weights)(() => draw)).toBe(index);
  });

  it('finds what a search through all weights finds', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 });
    const draws = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 50 });
    fc.assert(
      fc.property(weights, draws, (weights, draws) => {
        fc.pre(weights.some((weight) => weight > 0));
        const index = weightedIndex(weights);
        for (const draw of draws) expect(index(() => draw / 2 ** 32)).toBe(slowIndex(weights, draw / 2 ** 32));
      }),
    );
  });
});

it('streams of one seed share no number among their first ones', () => {
  const streams = [0, 1, 2, 3, 3000].map((stream) => createRandom(9, stream));
  const numbers = streams.flatMap((random) => Array.from({ length: 100 }, random));
  expect(new Set(numbers).size).toBe(500); // of 2^32 numbers, 500 draws hold a pair in 3 of 100,000 cases
});
