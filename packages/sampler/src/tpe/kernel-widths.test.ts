import { float, space } from '@assay/space';
import { expect, it } from 'vitest';
import { axesOf } from '../axis.js';
import { kernelWidth } from './kernel-widths.js';
import { TPE_DEFAULTS } from './tpe-options.js';

const [axis] = axesOf(space({ x: float(0, 10) }).parameters);
const NONE = Number.NaN;

// 0.7 of the larger gap; the ends 0 and 10 and the middle 5 are neighbours too.
it.each([
  { name: 'a lone one: from 4 to the end at 0', mu: 4, left: NONE, right: NONE, count: 1, width: 2.8 },
  { name: 'from 1 to the middle', mu: 1, left: NONE, right: 9, count: 1, width: 2.8 },
  { name: 'between two others', mu: 2, left: 1, right: 4, count: 1, width: 1.4 },
  { name: 'in the middle', mu: 5, left: NONE, right: NONE, count: 1, width: 3.5 },
  { name: 'on the end', mu: 0, left: NONE, right: 9, count: 1, width: 3.5 },
  { name: 'four at one place: half the width', mu: 2, left: 1, right: 4, count: 4, width: 0.7 },
  { name: 'never less than the least width', mu: 2, left: 1.99, right: 2.01, count: 1, width: 0.3 },
])('the width of kernels in [0, 10]: $name', ({ mu, left, right, count, width }) => {
  expect(kernelWidth(axis!, TPE_DEFAULTS, mu, left, right, count)).toBeCloseTo(width, 12);
});

it('is the range at most', () => {
  expect(kernelWidth(axis!, { ...TPE_DEFAULTS, minWidth: 2 }, 3, NONE, NONE, 1)).toBe(10);
});
