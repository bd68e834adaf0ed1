import { describe, expect, it } from 'vitest';
import { type Box, type Differentiable, minimize } from './lbfgs.js';

const LIMITS = { iterations: 200, gradientTolerance: 1e-8, valueTolerance: 0 };
const box = (n: number, low: number, high: number): Box => ({
  low: new Float64Array(n).fill(low),
  high: new Float64Array(n).fill(high),
});

const rosenbrock: Differentiable = (x, gradient) => {
  const [a, b] = [x[0]!, x[1]!];
  gradient[0] = -400 * a * (b - a * a) - 2 * (1 - a);
  gradient[1] = 200 * (b - a * a);
  return 100 * (b - a * a) ** 2 + (1 - a) ** 2;
};

/** Sum of i (x_i - i)^2: the minimum lies at (1, 2, 3, ...). */
const bowl: Differentiable = (x, gradient) =>
  x.reduce((sum, v, i) => {
    gradient[i] = 2 * (i + 1) * (v - i - 1);
    return sum + (i + 1) * (v - i - 1) ** 2;
  }, 0);

describe('minimize', () => {
  it('follows a curved valley to its end', () => {
    const { x, value } = minimize(rosenbrock, Float64Array.of(-1.2, 1), box(2, -5, 5), LIMITS);
    expect([...x]).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
    expect(value).toBeLessThan(1e-12);
  });

  it('stops at the bounds where the minimum lies beyond them, and is exact in the other coordinates', () => {
    const { x } = minimize(bowl, new Float64Array(5), box(5, 0, 3.5), LIMITS);
    expect([...x]).toEqual([1, 2, 3, 3.5, 3.5].map((v) => expect.closeTo(v, 7)));
  });

  it('starts inside of the box whatever it is given, and leaves that as it was', () => {
    const start = Float64Array.of(-9, 99);
    const { x } = minimize(bowl, start, box(2, 0, 5), LIMITS);
    expect([...x]).toEqual([expect.closeTo(1, 7), expect.closeTo(2, 7)]);
    expect([...start]).toEqual([-9, 99]);
  });

  it('backs away from where the function is Infinity', () => {
    const walled: Differentiable = (x, gradient) => {
      gradient[0] = 2 * (x[0]! - 1) - 1e-3 / (x[0]! - 0.99);
      return x[0]! > 0.99 ? (x[0]! - 1) ** 2 - 1e-3 * Math.log(x[0]! - 0.99) : Infinity;
    };
    const { x, value } = minimize(walled, Float64Array.of(4), box(1, -5, 5), LIMITS);
    expect(value).toBeLessThan(walled(Float64Array.of(1.1), new Float64Array(1)));
    expect(x[0]).toBeGreaterThan(0.99);
  });

  it('keeps a start from which nothing descends', () => {
    const flat: Differentiable = (_, gradient) => {
      gradient.fill(0);
      return 3;
    };
    expect(minimize(flat, Float64Array.of(0.5), box(1, 0, 1), LIMITS)).toEqual({ x: Float64Array.of(0.5), value: 3 });
    expect(minimize(() => Infinity, Float64Array.of(0.5), box(1, 0, 1), LIMITS).value).toBe(Infinity);
  });

  it('counts its iterations', () => {
    let calls = 0;
    const counted: Differentiable = (x, gradient) => {
      calls += 1;
      return rosenbrock(x, gradient);
    };
    minimize(counted, Float64Array.of(-1.2, 1), box(2, -5, 5), { ...LIMITS, iterations: 3 });
    expect(calls).toBeLessThan(15);
  });
});
