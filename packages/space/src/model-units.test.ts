import { describe, expect, it } from 'vitest';
import { categorical, float, int, ordered } from './declaration.js';
import { fromModel, modelRange, toModel } from './model-units.js';

describe('model units', () => {
  it.each([
    { of: float(-2, 3), low: -2, high: 3 },
    { of: float(1, Math.E ** 2, { log: true }), low: 0, high: 2 },
    { of: float(0, 1, { step: 0.5 }), low: -0.25, high: 1.25 },
    { of: int(1, 3), low: 0.5, high: 3.5 },
    { of: int(0, 20, { step: 10 }), low: -5, high: 25 },
    { of: int(1, 8, { log: true }), low: Math.log(0.5), high: Math.log(8.5) },
    { of: categorical(['a', 'b', 'c']), low: -0.5, high: 2.5 },
    { of: ordered([16, 32]), low: -0.5, high: 1.5 },
  ])('range of $of', ({ of, low, high }) => {
    expect(modelRange(of)).toEqual({ low, high });
  });

  it.each([
    { of: float(-2, 3), value: 0.5, unit: 0.5 },
    { of: float(1e-4, 1, { log: true }), value: 0.01, unit: Math.log(0.01) },
    { of: int(1, 8, { log: true }), value: 4, unit: Math.log(4) },
    { of: int(0, 20, { step: 10 }), value: 10, unit: 10 },
    { of: categorical(['a', null, 7]), value: null, unit: 1 },
    { of: ordered([16, 32, 64]), value: 64, unit: 2 },
  ])('$value of $of is $unit', ({ of, value, unit }) => {
    expect(toModel(of, value)).toBe(unit);
  });

  it.each([
    { name: 'beyond a float range', of: float(-2, 3), x: 9, value: 3 },
    { name: 'a grid point is its decimal, not 3 * 0.1', of: float(0, 1, { step: 0.1 }), x: 0.31, value: 0.3 },
    { name: 'below the grid', of: float(0.1, 0.9, { step: 0.2 }), x: -7, value: 0.1 },
    { name: 'above the grid', of: float(0.1, 0.9, { step: 0.2 }), x: 1, value: 0.9 },
    { name: 'the lower edge of an int', of: int(1, 3), x: 0.5, value: 1 },
    { name: 'the upper edge of an int', of: int(1, 3), x: 3.5, value: 3 },
    { name: 'an int step', of: int(5, 25, { step: 10 }), x: 19, value: 15 },
    { name: 'a log int', of: int(1, 100, { log: true }), x: Math.log(9.6), value: 10 },
    { name: 'the upper edge of a log int', of: int(1, 8, { log: true }), x: Math.log(8.5), value: 8 },
    { name: 'a category', of: categorical(['a', null, 7]), x: 1.4, value: null },
    { name: 'beyond the last value', of: ordered([16, 32]), x: 1.5, value: 32 },
  ])('nearest value: $name', ({ of, x, value }) => {
    expect(fromModel(of, x)).toBe(value);
  });
});
