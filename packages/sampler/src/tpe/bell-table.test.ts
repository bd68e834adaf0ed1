import { expect, it } from 'vitest';
import { BELL_END, bell, bellScale } from './bell-table.js';

it('is exp(-z^2 / 2) within 2e-6, and 0 far out', () => {
  for (let z = 0; z < 9; z += 0.0137) {
    const q = (bellScale(2) * 2 * z) ** 2; // two widths of 2 are one of 1
    expect(Math.abs(bell(q) - Math.exp((-z * z) / 2))).toBeLessThan(2e-6);
  }
  expect(bell(BELL_END)).toBe(0);
  expect(bell(Number.POSITIVE_INFINITY)).toBe(0);
});
