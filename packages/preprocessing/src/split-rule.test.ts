import { describe, expect, it } from 'vitest';
import { splitOf } from './split-rule.js';

describe('split rule', () => {
  const rule = { test: 0.25, validation: 0.5 };
  it.each([
    { hash: 0, split: 'test' },
    { hash: 2 ** 30 - 1, split: 'test' },
    { hash: 2 ** 30, split: 'validation' },
    { hash: 3 * 2 ** 30 - 1, split: 'validation' },
    { hash: 3 * 2 ** 30, split: 'train' },
    { hash: 2 ** 32 - 1, split: 'train' },
  ])('a training file row with hash $hash is a $split row', ({ hash, split }) =>
    expect(splitOf(rule, 'train', hash)).toBe(split),
  );

  it('makes every row of a validation file a validation row', () => {
    for (const hash of [0, 2 ** 31, 2 ** 32 - 1]) expect(splitOf(rule, 'validation', hash)).toBe('validation');
  });
});
