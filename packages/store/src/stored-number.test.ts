import { expect, it } from 'vitest';
import { fromStoredNumber, toStoredNumber } from './stored-number.js';

it.each([
  { number: 0.1 + 0.2, stored: { value: 0.1 + 0.2, type: 'FINITE' } },
  { number: -5e-324, stored: { value: -5e-324, type: 'FINITE' } },
  { number: Infinity, stored: { value: null, type: 'INF_POS' } },
  { number: -Infinity, stored: { value: null, type: 'INF_NEG' } },
  { number: Number.NaN, stored: { value: null, type: 'NAN' } },
])('$number is stored as $stored, and read back', ({ number, stored }) => {
  expect(toStoredNumber(number)).toEqual(stored);
  expect(fromStoredNumber(stored.value, stored.type)).toBe(number);
});
