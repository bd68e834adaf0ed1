import { describe, expect, it } from 'vitest';
import { checkedDistribution } from './checked-distribution.js';
import { categorical, float, int, ordered } from './declaration.js';
import type { Distribution, Scalar } from './distribution.js';

const check = (distribution: Distribution): Distribution => checkedDistribution("Parameter 'x'", distribution);

describe('checkedDistribution', () => {
  it.each([
    { name: 'low above high', given: float(1, 0), code: 'BAD_BOUNDS', got: '1 and 0' },
    { name: 'a NaN bound', given: float(Number.NaN, 1), code: 'BAD_BOUNDS', got: 'NaN and 1' },
    { name: 'an infinite bound', given: float(0, Infinity), code: 'BAD_BOUNDS', got: '0 and Infinity' },
    { name: 'a range beyond all doubles', given: float(-1e308, 1e308), code: 'BAD_BOUNDS', got: '-1e+308 and 1e+308' },
    { name: 'log from 0', given: float(0, 1, { log: true }), code: 'BAD_BOUNDS', got: 'got 0' },
    { name: 'log from below 0', given: float(-1, 1, { log: true }), code: 'BAD_BOUNDS', got: 'got -1' },
    { name: 'log and step', given: float(1, 2, { log: true, step: 0.5 }), code: 'BAD_STEP', got: 'step 0.5' },
    { name: 'step 0', given: float(0, 1, { step: 0 }), code: 'BAD_STEP', got: 'got 0' },
    { name: 'a negative step', given: float(0, 1, { step: -0.1 }), code: 'BAD_STEP', got: 'got -0.1' },
    { name: 'a NaN step', given: float(0, 1, { step: Number.NaN }), code: 'BAD_STEP', got: 'got NaN' },
    { name: 'a step too fine to count', given: float(0, 1e9, { step: 1e-9 }), code: 'BAD_STEP', got: '1e-9' },
    { name: 'an int with a fraction', given: int(0.5, 3), code: 'BAD_BOUNDS', got: '0.5 and 3' },
    { name: 'an int beyond 2^53', given: int(0, 2 ** 53), code: 'BAD_BOUNDS', got: '0 and 9007199254740992' },
    { name: 'an int range beyond 2^53', given: int(-(2 ** 52), 2 ** 52), code: 'BAD_BOUNDS', got: '4503599627370496' },
    { name: 'ints upside down', given: int(3, 2), code: 'BAD_BOUNDS', got: '3 and 2' },
    { name: 'an int log from 0', given: int(0, 8, { log: true }), code: 'BAD_BOUNDS', got: 'got 0' },
    { name: 'an int log with step', given: int(1, 8, { log: true, step: 2 }), code: 'BAD_STEP', got: 'step 2' },
    { name: 'an int step with a fraction', given: int(0, 8, { step: 1.5 }), code: 'BAD_STEP', got: 'got 1.5' },
    { name: 'no choices', given: categorical([]), code: 'BAD_CHOICES', got: 'got []' },
    { name: 'no values', given: ordered([]), code: 'BAD_CHOICES', got: 'got []' },
    { name: 'a choice twice', given: categorical(['a', 'b', 'a']), code: 'BAD_CHOICES', got: '"a" and "a"' },
    { name: '1 and true', given: categorical([1, true]), code: 'BAD_CHOICES', got: '1 and true' },
    { name: 'false and 0', given: categorical(['x', false, 0]), code: 'BAD_CHOICES', got: 'false and 0' },
    { name: '0 and -0', given: categorical([0, -0]), code: 'BAD_CHOICES', got: '0 and 0' },
    { name: 'a value twice', given: ordered([16, 32, 16]), code: 'BAD_CHOICES', got: '16 and 16' },
    { name: 'a NaN choice', given: categorical([Number.NaN]), code: 'BAD_CHOICES', got: 'got NaN' },
    { name: 'a list as a choice', given: categorical([[1, 2] as never]), code: 'BAD_CHOICES', got: 'got [1,2]' },
  ])('refuses $name', ({ given, code, got }) => {
    expect(() => check(given)).toThrow(expect.objectContaining({ name: 'SpaceError', code }));
    expect(() => check(given)).toThrow("Parameter 'x': ");
    expect(() => check(given)).toThrow(got);
  });

  it.each<{ choices: readonly Scalar[] }>([
    { choices: [1, '1', 'true', null, 'null', 2, false] },
    { choices: [true, 0] },
    { choices: ['only'] },
    { choices: ['', ' '] },
  ])('accepts the choices $choices', ({ choices }) => {
    expect(check(categorical(choices))).toEqual({ kind: 'categorical', choices });
  });

  // The expected values are those of Optuna 5.0.0 (FloatDistribution(low, high, step=step).high).
  it.each([
    { low: 0, high: 1, step: 0.25, lowered: 1 },
    { low: 0, high: 0.3, step: 0.1, lowered: 0.3 },
    { low: 0, high: 1, step: 0.3, lowered: 0.9 },
    { low: 0.1, high: 1, step: 0.2, lowered: 0.9 },
    { low: -1, high: 1, step: 0.7, lowered: 0.4 },
    { low: 0, high: 1e-7, step: 3e-8, lowered: 9e-8 },
    { low: 0, high: 1e21, step: 3e20, lowered: 9e20 },
    { low: 0.5, high: 1, step: 2, lowered: 0.5 },
    { low: 2, high: 2, step: 1, lowered: 2 },
  ])('a float in [$low, $high] by $step ends at $lowered', ({ low, high, step, lowered }) => {
    expect(check(float(low, high, { step }))).toEqual(float(low, lowered, { step }));
  });

  it.each([
    { low: 0, high: 100, step: 10, lowered: 100 },
    { low: 0, high: 99, step: 10, lowered: 90 },
    { low: -5, high: 5, step: 4, lowered: 3 },
    { low: 1, high: 2, step: 5, lowered: 1 },
  ])('an int in [$low, $high] by $step ends at $lowered', ({ low, high, step, lowered }) => {
    expect(check(int(low, high, { step }))).toEqual(int(low, lowered, { step }));
  });
});
