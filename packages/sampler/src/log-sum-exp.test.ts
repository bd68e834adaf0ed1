import { expect, it } from 'vitest';
import { logSumExp } from './log-sum-exp.js';

it.each([
  { name: 'small numbers', xs: [0, Math.log(2), Math.log(3)], expected: Math.log(6) },
  { name: 'no overflow', xs: [1000, 1000], expected: 1000 + Math.log(2) },
  { name: 'no underflow', xs: [-1000, -1000 - Math.log(3)], expected: -1000 + Math.log(4 / 3) },
  { name: 'terms of no weight', xs: [3, -Infinity, -60], expected: 3 },
  { name: 'nothing at all', xs: [-Infinity, -Infinity], expected: -Infinity },
])('logSumExp: $name', ({ xs, expected }) => {
  const sum = logSumExp(Float64Array.from(xs));
  expect(sum === expected ? 0 : Math.abs(sum - expected)).toBeLessThan(1e-13);
});
