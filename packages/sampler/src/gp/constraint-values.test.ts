import { describe, expect, it } from 'vitest';
import { constraintValues } from './constraint-values.js';

describe('constraintValues', () => {
  it('keeps order and the limit, and tames large values', () => {
    const { values, limit } = constraintValues([-2, -1, 0, 1, 1e6])!;
    expect([...values]).toEqual([...values].sort((a, b) => a - b));
    expect(values[2]).toBeCloseTo(limit, 12);
    expect(values[4]! - limit).toBeLessThan(20 * (values[3]! - limit)); // a million times as far before
  });

  it('standardises', () => {
    const { values } = constraintValues([3, -1, 0.5, 0.1])!;
    expect(values.reduce((sum, v) => sum + v, 0)).toBeCloseTo(0, 12);
    expect(values.reduce((sum, v) => sum + v * v, 0) / 4).toBeCloseTo(1, 12);
  });

  it('counts what is not finite as the worst or the best of the rest', () => {
    const { values } = constraintValues([2, Number.NaN, Infinity, -Infinity, -1])!;
    expect([...values]).toEqual([values[0], values[0], values[0], values[4], values[4]]);
  });

  it('learns from values that differ by more than a double can hold', () => {
    const { values, limit } = constraintValues([1e-9, -1e-9, 1e-9, 1e308])!;
    expect(values[3]).toBeGreaterThan(values[0]!);
    expect(limit).toSatisfy(Number.isFinite);
  });

  it.each([[[]], [[1, 1, 1]], [[-3]], [[Number.NaN]]])('learns nothing from %j', (raw) => {
    expect(constraintValues(raw)).toBeNull();
  });
});
