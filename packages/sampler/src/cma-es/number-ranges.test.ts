import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberRanges, numbersIn } from './number-ranges.js';

it.each([
  { numbers: [], text: '' },
  { numbers: [7], text: '7' },
  { numbers: [7, 8], text: '7-8' },
  { numbers: [0, 1, 2, 5, 9, 10], text: '0-2,5,9-10' },
])('$numbers as $text', ({ numbers, text }) => {
  expect(numberRanges(numbers)).toBe(text);
});

it('gives back the numbers', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(60)), (any) => {
      const numbers = any.toSorted((a, b) => a - b);
      expect(numbersIn(numberRanges(numbers))).toEqual(numbers);
    }),
    { seed: 1 },
  );
});
