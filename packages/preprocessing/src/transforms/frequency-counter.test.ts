import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrequencyCounter } from './frequency-counter.js';

function counted(keys: readonly number[], limit?: number): FrequencyCounter<number> {
  const counter = new FrequencyCounter<number>(limit);
  for (const key of keys) counter.add(key);
  return counter;
}

const byValue = (a: number, b: number): number => a - b;

describe('a frequency counter', () => {
  it('ranks keys by their count, then in the order asked for', () => {
    const ranked = counted([5, 3, 3, 9, 5, 3, 1]).ranked(byValue);
    expect(ranked.map(({ key, count }) => [key, count])).toEqual([
      [3, 3],
      [5, 2],
      [1, 1],
      [9, 1],
    ]);
  });

  it('forgets rare keys beyond its limit, as Misra and Gries do', () => {
    // With room for two: 1 and 2 are counted once each, 3 cancels both out.
    const counter = counted([1, 2, 3, 4, 4], 2);
    expect(counter.shortfall).toBe(1);
    expect(counter.ranked(byValue)).toEqual([{ key: 4, count: 2 }]);
  });

  it('never counts too high, nor too low by more than it says, nor too low by more than n / (limit + 1)', () => {
    const keys = fc.array(fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.nat(30)), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 12 }), (stream, limit) => {
        const counter = counted(stream, limit);
        const found = new Map(counter.ranked(byValue).map(({ key, count }) => [key, count]));
        expect(found.size).toBeLessThanOrEqual(limit);
        expect(counter.shortfall).toBeLessThanOrEqual(stream.length / (limit + 1));
        for (const key of new Set(stream)) {
          const exact = stream.filter((other) => other === key).length;
          const count = found.get(key) ?? 0;
          expect(count).toBeLessThanOrEqual(exact);
          expect(count).toBeGreaterThanOrEqual(exact - counter.shortfall);
        }
      }),
    );
  });
});
