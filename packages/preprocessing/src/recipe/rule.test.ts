import { describe, expect, it } from 'vitest';
import { ruleChecker } from './rule.js';
import { between, dropIf, dropUnless, ruleOf, unique } from './rule-builders.js';
import { tableOf } from './table-of.test.kit.js';

const TABLE = tableOf({ id: ['a', 'b', 'a', 'c', 'b'], x: [1, 2, 3, 4, 2] });
const ROWS = [0, 1, 2, 3, 4];

describe('a rule', () => {
  it('keeps rows that meet its condition, or drops them', () => {
    const high = between('x', 3, 4);
    const kept = (rule: Parameters<typeof ruleChecker>[0]) => ROWS.map(ruleChecker(rule)(TABLE));
    expect(kept(dropUnless('low', high))).toEqual([false, false, true, true, false]);
    expect(kept(dropIf('high', high))).toEqual([true, true, false, false, true]);
    expect(ruleOf(high)).toEqual(dropUnless('not: x between 3 and 4', high));
  });

  it.each([
    { name: 'a column', rule: unique(['id']), first: [true, true, false, true, false], reason: 'repeated id' },
    { name: 'all columns', rule: unique(), first: [true, true, true, true, false], reason: 'repeated row' },
  ])('keeps the first row of those that agree in $name, from chunk to chunk', ({ rule, first, reason }) => {
    const check = ruleChecker(rule);
    expect(ROWS.map(check(TABLE))).toEqual(first);
    expect(ROWS.map(check(TABLE))).toEqual(ROWS.map(() => false));
    expect(ROWS.map(ruleChecker(rule)(TABLE))).toEqual(first); // another pass knows nothing of the first
    expect(rule.reason).toBe(reason);
  });

  it('tells ten thousand rows apart, and finds each again', () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => `id ${i}`);
    const check = ruleChecker(unique(['id']));
    expect(ids.map((_, row) => row).filter((row) => !check(tableOf({ id: [ids[row]!] }))(0))).toEqual([]);
    const again = check(tableOf({ id: ids }));
    expect(ids.filter((_, row) => again(row))).toEqual([]);
  });
});
