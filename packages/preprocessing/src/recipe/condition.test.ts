import { describe, expect, it } from 'vitest';
import { TypedTable } from '../typed-table.js';
import { type Condition, columnsOfCondition, describeCondition, evaluateCondition } from './condition.js';
import { minutesBetween } from './number-builders.js';
import { allOf, allZero, anyOf, between, compare, matches, not, oneOf, present, since } from './rule-builders.js';
import { tableOf } from './table-of.test.kit.js';

const time = (minutes: number): Date => new Date(Date.UTC(2018, 0, 1, 0, minutes));
const TABLE = tableOf({
  a: [1, 2, 3, null],
  b: [3, 2, 1, 1],
  zero: [0, -0, 1, null],
  nought: [0, 0, 0, 0],
  word: ['ab', 'b', '', 'abc'],
  start: [time(0), time(-1), time(5), null],
  end: [time(60), time(60), time(5), time(0)],
});

const CASES: { condition: Condition; holds: number[]; says: string }[] = [
  { condition: between('a', 1, 2), holds: [1, 1, 0, 0], says: 'a between 1 and 2' },
  {
    condition: between('a', 1, 3, { ends: 'excluded' }),
    holds: [0, 1, 0, 0],
    says: 'a between 1 and 3 (ends excluded)',
  },
  {
    condition: between(minutesBetween('start', 'end'), 1, 60),
    holds: [1, 0, 0, 0],
    says: 'minutes from start to end between 1 and 60',
  },
  { condition: compare('a', '<', 'b'), holds: [1, 0, 0, 0], says: 'a < b' },
  { condition: compare('a', '<=', 'b'), holds: [1, 1, 0, 0], says: 'a <= b' },
  { condition: compare('a', '=', 2), holds: [0, 1, 0, 0], says: 'a = 2' },
  { condition: compare('a', '!=', 2), holds: [1, 0, 1, 0], says: 'a != 2' },
  { condition: compare('a', '>=', 2), holds: [0, 1, 1, 0], says: 'a >= 2' },
  { condition: compare('a', '>', 2), holds: [0, 0, 1, 0], says: 'a > 2' },
  { condition: since('start', '2018-01-01'), holds: [1, 0, 1, 0], says: 'start from 2018-01-01T00:00:00.000Z on' },
  { condition: oneOf('a', [1, 3]), holds: [1, 0, 1, 0], says: 'a one of 1, 3' },
  { condition: oneOf('word', ['b', 'ab']), holds: [1, 1, 0, 0], says: 'word one of b, ab' },
  { condition: matches('word', /a|b/), holds: [0, 1, 0, 0], says: 'word like a|b' },
  { condition: allZero(['zero', 'nought']), holds: [1, 1, 0, 0], says: 'zero, nought all zero' },
  { condition: present('a'), holds: [1, 1, 1, 0], says: 'a present' },
  { condition: present('word'), holds: [1, 1, 0, 1], says: 'word present' },
  { condition: not(present('word')), holds: [0, 0, 1, 0], says: 'not (word present)' },
  {
    condition: allOf(between('a', 1, 2), present('word')),
    holds: [1, 1, 0, 0],
    says: 'a between 1 and 2 and word present',
  },
  {
    condition: anyOf(between('a', 1, 1), between('b', 1, 1)),
    holds: [1, 0, 1, 1],
    says: 'a between 1 and 1 or b between 1 and 1',
  },
];

describe('a condition', () => {
  it.each(CASES)('$says', ({ condition, holds, says }) => {
    expect([...evaluateCondition(condition, TABLE)]).toEqual(holds);
    expect(describeCondition(condition)).toBe(says);
  });

  it('compares numbers as they are stored, whole numbers exactly', () => {
    const nearly = [0.1, Math.fround(0.1)];
    expect([...evaluateCondition(between('x', 0.1, 1), tableOf({ x: nearly }))]).toEqual([1, 1]);
    const values = Float64Array.of(2 ** 24, 2 ** 24 + 1);
    const first = [
      oneOf('x', [2 ** 24]),
      between('x', 0, 2 ** 24),
      compare('x', '=', 2 ** 24),
      compare('x', '<', 2 ** 24 + 1),
    ];
    const masks = (type: 'number' | 'integer') =>
      first.map((condition) => [...evaluateCondition(condition, new TypedTable(2, ['x'], [{ type, values }]))]);
    expect(masks('integer')).toEqual(first.map(() => [1, 0]));
    expect(masks('number')).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
      [0, 0],
    ]); // the same float32
  });

  it('names the columns that it reads', () => {
    expect(columnsOfCondition(allOf(compare('a', '<', 'b'), not(since('start', '2018-01-01'))))).toEqual([
      'a',
      'b',
      'start',
    ]);
  });
});
