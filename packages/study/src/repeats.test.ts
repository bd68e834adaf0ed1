import { expect, it } from 'vitest';
import { ONCE, resolveRepeats } from './repeats.js';

it.each([
  { given: 1, resolved: ONCE },
  { given: 3, resolved: { count: 3, aggregate: 'mean' } },
  { given: { count: 5 }, resolved: { count: 5, aggregate: 'mean' } },
  { given: { count: 5, aggregate: 'median' }, resolved: { count: 5, aggregate: 'median' } },
  { given: { aggregate: 'median' }, resolved: { count: 1, aggregate: 'median' } },
] as const)('resolves $given', ({ given, resolved }) => {
  expect(resolveRepeats(given)).toEqual(resolved);
});

it.each([
  { given: 0, says: 'a whole number of at least 1, got 0' },
  { given: 2.5, says: 'got 2.5' },
  { given: Number.NaN, says: 'got NaN' },
  { given: { count: 3, aggregate: 'max' }, says: `'mean' or 'median', got "max"` },
])('refuses $given', ({ given, says }) => {
  expect(() => resolveRepeats(given as number)).toThrow(
    expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining(says) }),
  );
});
