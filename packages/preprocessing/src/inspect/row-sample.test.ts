import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RowSample } from './row-sample.js';

function sampled(rows: number, capacity: number): readonly number[] {
  const sample = new RowSample<number>(capacity);
  for (let row = 0; row < rows; row++) sample.offer(() => row);
  return sample.rows;
}

it.each([
  { rows: 3, capacity: 4, expected: [0, 1, 2] },
  { rows: 8, capacity: 4, expected: [0, 2, 4, 6] },
  { rows: 17, capacity: 4, expected: [0, 4, 8, 12, 16] },
])('$rows rows, capacity $capacity', ({ rows, capacity, expected }) => {
  expect(sampled(rows, capacity)).toEqual(expected);
});

it('is evenly spaced, starts at the first row and stays within its bounds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 2, max: 50 }), (rows, capacity) => {
      const sample = sampled(rows, capacity);
      const stride = sample.length > 1 ? sample[1]! : 1;
      expect(sample).toEqual(Array.from({ length: Math.ceil(rows / stride) }, (_, at) => at * stride));
      expect(sample.length).toBeLessThan(2 * capacity);
      expect(sample.length).toBeGreaterThanOrEqual(Math.min(rows, capacity));
    }),
  );
});
