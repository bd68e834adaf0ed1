import { describe, expect, it } from 'vitest';
import { overallComparison } from './overall-comparison.js';

describe('overallComparison', () => {
  it('of one problem is the Mann-Whitney test without correction for continuity', () => {
    // U = 9 of 9 pairs, mean 4.5, variance 3 * 3 * 7 / 12 = 5.25; z = 4.5 / sqrt(5.25) = 1.96396, upper tail 0.0247673.
    const { winShare, better, worse } = overallComparison([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ]);
    expect(winShare).toBe(1);
    expect(better).toBeCloseTo(0.0247673, 6);
    expect(better + worse).toBeCloseTo(1, 12);
  });

  it('adds the evidence of problems, whatever their units', () => {
    // Two problems: z = (0.5 + 0.5) / sqrt(2 * 5.25 / 81) = 2.77746, upper tail 0.00273928.
    const { better } = overallComparison([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [
        [1e9, 2e9, 3e9],
        [4e9, 5e9, 6e9],
      ],
    ]);
    expect(better).toBeCloseTo(0.00273928, 7);
  });

  it('finds no difference where a win on one problem is a loss on another', () => {
    const { winShare, better } = overallComparison([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [
        [4, 5, 6],
        [1, 2, 3],
      ],
    ]);
    expect(winShare).toBe(0.5);
    expect(better).toBe(0.5);
  });
});
