import { describe, expect, it } from 'vitest';
import { pearson, spearman } from './correlation.js';

describe('correlation', () => {
  it.each([
    { name: 'a line', a: [1, 2, 3], b: [5, 7, 9], linear: 1, rank: 1 },
    { name: 'a falling line', a: [1, 2, 3], b: [3, 2, 1], linear: -1, rank: -1 },
    // Deviations (-1, 0, 1) and (-4, -3, 7): 11 / sqrt(2 * 74) = 0.904194.
    { name: 'a rising curve', a: [1, 2, 3], b: [1, 2, 12], linear: 0.904194, rank: 1 },
    // Ranks (0, 1, 2, 3) and (0.5, 0.5, 2.5, 2.5): deviations give 4 / sqrt(5 * 4) = 0.894427.
    { name: 'ties', a: [1, 2, 3, 4], b: [0, 0, 1, 1], linear: 0.894427, rank: 0.894427 },
    { name: 'a constant', a: [1, 2, 3], b: [4, 4, 4], linear: 0, rank: 0 },
  ])('of $name', ({ a, b, linear, rank }) => {
    expect(pearson(a, b)).toBeCloseTo(linear, 6);
    expect(spearman(a, b)).toBeCloseTo(rank, 6);
  });
});
