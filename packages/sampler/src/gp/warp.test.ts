import { describe, expect, it } from 'vitest';
import { FIVE_GAPS, numericGradient, THETA } from './example.test.kit.js';
import { warp } from './warp.js';

const warped = (logTau: number, gaps = FIVE_GAPS) => {
  const [z, slope] = [new Float64Array(gaps.length), new Float64Array(gaps.length)];
  return { jacobian: warp(gaps, logTau, z, slope), z, slope };
};

describe('warp', () => {
  it('takes the logarithm of the gaps over tau and standardises', () => {
    const expected = [
      -0.4474496520527613, -0.8099367146757492, 0.010391665501618233, -0.6738432846751904, 1.9208379859020823,
    ];
    expect([...warped(THETA[4]!).z]).toEqual(expected.map((z) => expect.closeTo(z, 12))); // NumPy
  });

  it('only standardises for a huge tau and for none', () => {
    const mean = 9.02;
    const deviation = Math.sqrt(FIVE_GAPS.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / 5);
    const expected = [...FIVE_GAPS].map((gap) => expect.closeTo((gap - mean) / deviation, 5));
    expect([...warped(20).z]).toEqual(expected);
    expect([...warped(Infinity).z]).toEqual(expected);
  });

  it.each([-4, 0, 1, 5])('knows its derivatives by ln tau = %d', (logTau) => {
    const { z, slope, jacobian } = warped(logTau);
    z.forEach((_, i) => {
      expect(slope[i]).toBeCloseTo(numericGradient(([t]) => warped(t!).z[i]!, Float64Array.of(logTau))[0]!, 7);
    });
    const byTau = numericGradient(([t]) => warped(t!).jacobian.log, Float64Array.of(logTau))[0]!;
    expect(jacobian.slope).toBeCloseTo(byTau, 6);
  });

  it('counts how it stretches: the Jacobian is the product of dz / dgap', () => {
    const nudged = FIVE_GAPS.slice();
    const before = warped(1);
    // with mean and deviation held, dz / dgap of value i is 1 / (1 + gap / tau) over the deviation
    const stretch = [...nudged].map((gap) => Math.log(1 / (1 + gap / Math.E)));
    const bent = [...nudged].map((gap) => Math.E * Math.log1p(gap / Math.E));
    const mean = bent.reduce((sum, b) => sum + b, 0) / 5;
    const deviation = Math.sqrt(bent.reduce((sum, b) => sum + (b - mean) ** 2, 0) / 5);
    expect(before.jacobian.log).toBeCloseTo(stretch.reduce((sum, s) => sum + s, 0) - 5 * Math.log(deviation), 12);
  });

  it.each([[[0, 0, 0]], [[0]]])('leaves equal values at 0: %j', (gaps) => {
    const { z, slope, jacobian } = warped(1, Float64Array.from(gaps));
    expect([...z, ...slope]).toEqual([...z, ...slope].map(() => 0));
    expect(jacobian.log).toBe(0);
  });
});
