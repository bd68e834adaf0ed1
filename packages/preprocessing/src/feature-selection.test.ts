import { describe, expect, it } from 'vitest';
import { featureColumnsWithout, selectColumns } from './feature-selection.js';

const GROUPS = [
  { name: 'a', start: 0, end: 1 },
  { name: 'b', start: 1, end: 3 },
  { name: 'c', start: 3, end: 4 },
];

describe('feature selection', () => {
  it.each([
    { off: [], columns: [0, 1, 2, 3] },
    { off: ['b'], columns: [0, 3] },
    { off: ['a', 'c'], columns: [1, 2] },
  ])('without $off leaves $columns', ({ off, columns }) => expect(featureColumnsWithout(GROUPS, off)).toEqual(columns));

  it('refuses groups that do not exist, and to leave nothing', () => {
    expect(() => featureColumnsWithout(GROUPS, ['d'])).toThrow(/no feature group "d"; expected some of a, b, c/);
    expect(() => featureColumnsWithout(GROUPS, ['a', 'b', 'c'])).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });

  it('copies columns of a matrix', () => {
    const x = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect([...selectColumns(x, 4, [0, 3])]).toEqual([1, 4, 5, 8]);
    expect([...selectColumns(x, 4, [2])]).toEqual([3, 7]);
  });
});
