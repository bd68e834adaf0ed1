import { expect, it } from 'vitest';
import { kernelWidth } from './kernel-widths.js';

const NONE = Number.NaN;

// 0.7 of the larger gap; the ends 0 and 1 and the middle 0.5 are neighbours too.
it.each([
  { name: 'a lone one: from 0.4 to the end at 0', mu: 0.4, left: NONE, right: NONE, count: 1, width: 0.28 },
  { name: 'from 0.1 to the middle', mu: 0.1, left: NONE, right: 0.9, count: 1, width: 0.28 },
  { name: 'between two others', mu: 0.2, left: 0.1, right: 0.4, count: 1, width: 0.14 },
  { name: 'in the middle', mu: 0.5, left: NONE, right: NONE, count: 1, width: 0.35 },
  { name: 'on the end', mu: 0, left: NONE, right: 0.9, count: 1, width: 0.35 },
  { name: 'two at one place: half the width', mu: 0.2, left: 0.1, right: 0.4, count: 2, width: 0.07 },
  { name: 'never less than the least width', mu: 0.2, left: 0.199, right: 0.201, count: 1, width: 0.03 },
])('the width of kernels: $name', ({ mu, left, right, count, width }) => {
  expect(kernelWidth(0.03, mu, left, right, count)).toBeCloseTo(width, 12);
});

it('is the range at most', () => {
  expect(kernelWidth(2, 0.3, NONE, NONE, 1)).toBe(1);
});
