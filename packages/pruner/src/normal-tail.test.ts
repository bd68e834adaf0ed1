import { expect, it } from 'vitest';
import { normalTail } from './normal-tail.js';

// scipy.stats.norm.sf, SciPy 1.17
it.each([
  { z: 0, tail: 0.5 },
  { z: 0.3, tail: 0.3820885778110474 },
  { z: 1, tail: 0.15865525393145707 },
  { z: -1.5, tail: 0.9331927987311419 },
  { z: 2.5, tail: 0.006209665325776132 },
  { z: 5, tail: 2.866515718791933e-7 },
  { z: -7, tail: 0.9999999999987201 },
  { z: 8.2, tail: 1.2e-16 },
  { z: 1e9, tail: 0 },
  { z: -Infinity, tail: 1 },
])('the tail above $z is $tail', ({ z, tail }) => {
  expect(Math.abs(normalTail(z) - tail)).toBeLessThan(1e-15);
  expect(normalTail(z)).toBeGreaterThanOrEqual(0);
});
