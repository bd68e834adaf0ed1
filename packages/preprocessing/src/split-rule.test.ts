import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByGroup, splitByRows, splitByTime } from './recipe/split-builders.js';
import { rowHashes } from './row-hash.js';
import {
  checkSplit,
  type SourceRole,
  type SplitName,
  type SplitRule,
  splitBeside,
  splitterOf,
  type TimeCuts,
} from './split-rule.js';
import { TypedTable } from './typed-table.js';

const NOTHING = new TypedTable(0, [], []);

function sideOfHash(rule: SplitRule, role: SourceRole, hash: number): SplitName {
  return splitterOf(rule, role, null)(NOTHING, Uint32Array.of(hash))(0);
}

/** The sides of a training file's rows at these days of 2014. */
function sidesOfDays(rule: SplitRule, days: readonly number[], cuts: TimeCuts | null = null): SplitName[] {
  const values = Float64Array.from(days, (day) => Date.UTC(2014, 0, day));
  const table = new TypedTable(days.length, ['when'], [{ type: 'timestamp', values }]);
  const sideOf = splitterOf(rule, 'train', cuts)(table, rowHashes(table));
  return days.map((_, row) => sideOf(row));
}

describe('a split by rows', () => {
  const rule = splitByRows({ test: 0.25, validation: 0.5, validationFile: { test: 0.5 } });
  it.each([
    { hash: 0, split: 'test' },
    { hash: 2 ** 30 - 1, split: 'test' },
    { hash: 2 ** 30, split: 'validation' },
    { hash: 3 * 2 ** 30 - 1, split: 'validation' },
    { hash: 3 * 2 ** 30, split: 'train' },
    { hash: 2 ** 32 - 1, split: 'train' },
  ])('makes a training file row with hash $hash a $split row', ({ hash, split }) =>
    expect(sideOfHash(rule, 'train', hash)).toBe(split),
  );

  it.each([
    { hash: 2 ** 31 - 1, split: 'test' },
    { hash: 2 ** 31, split: 'validation' },
  ])('makes a validation file row with hash $hash a $split row', ({ hash, split }) =>
    expect(sideOfHash(rule, 'validation', hash)).toBe(split),
  );

  it('keeps validation files whole where it says nothing about them, and test files always', () => {
    const whole = splitByRows({ test: 0.25 });
    for (const hash of [0, 2 ** 31, 2 ** 32 - 1]) {
      expect(sideOfHash(whole, 'validation', hash)).toBe('validation');
      expect(sideOfHash(rule, 'test', hash)).toBe('test');
    }
  });
});

describe('a split by time', () => {
  it('begins validation and test rows with given moments', () => {
    const rule = splitByTime('when', { validationFrom: '2014-01-03', testFrom: '2014-01-05' });
    const [train, validation, test] = ['train', 'validation', 'test'] as const;
    expect(sidesOfDays(rule, [5, 1, 4, 2, 3, 6])).toEqual([test, train, validation, train, validation, test]);
  });

  it('may do without either', () => {
    expect(sidesOfDays(splitByTime('when', { testFrom: '2014-01-02' }), [1, 2])).toEqual(['train', 'test']);
    expect(sidesOfDays(splitByTime('when', { validationFrom: '2014-01-02' }), [1, 2])).toEqual(['train', 'validation']);
  });

  it('takes what was learned where the latest rows begin', () => {
    const rule = splitByTime('when', { validation: 0.2, test: 0.2 });
    const cuts = { validationFrom: Date.UTC(2014, 0, 2), testFrom: Date.UTC(2014, 0, 3) };
    expect(sidesOfDays(rule, [1, 2, 3], cuts)).toEqual(['train', 'validation', 'test']);
    expect(sidesOfDays(rule, [1, 2, 3])).toEqual(['train', 'train', 'train']); // while it is being learned
  });
});

describe('a split by group', () => {
  const rule = splitByGroup('station', { validation: 0.1, test: 0.1 });

  function sidesOf(stations: readonly string[]): SplitName[] {
    const numbers = Float64Array.from(stations, (_, row) => row);
    const names = ['station', 'ride'];
    const columns = [
      { type: 'text', values: stations },
      { type: 'number', values: numbers },
    ] as const;
    const table = new TypedTable(stations.length, names, columns);
    const sideOf = splitterOf(rule, 'train', null)(table, rowHashes(table));
    return stations.map((_, row) => sideOf(row));
  }

  it('takes its shares inside every group, to within three rows', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'a', 'a', 'b', 'c'), { minLength: 1, maxLength: 2000 }), (stations) => {
        const sides = sidesOf(stations);
        for (const station of ['a', 'b', 'c']) {
          const own = sides.filter((_, row) => stations[row] === station);
          for (const side of ['validation', 'test'])
            expect(Math.abs(own.filter((found) => found === side).length - 0.1 * own.length)).toBeLessThan(3);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is the same whatever the chunks', () => {
    const stations = Array.from({ length: 300 }, (_, row) => 'abc'[(row * row) % 3]!);
    const table = (from: number, to: number): TypedTable =>
      new TypedTable(to - from, ['station'], [{ type: 'text', values: stations.slice(from, to) }]);
    const sidesIn = (size: number): SplitName[] => {
      const splitter = splitterOf(rule, 'train', null);
      const sides: SplitName[] = [];
      for (let from = 0; from < 300; from += size) {
        const chunk = table(from, from + size);
        const sideOf = splitter(chunk, rowHashes(chunk));
        for (let row = 0; row < size; row++) sides.push(sideOf(row));
      }
      return sides;
    };
    expect(sidesIn(10)).toEqual(sidesIn(300));
  });
});

it.each([
  { name: 'all rows', rule: () => splitByRows({ test: 0.5, validation: 0.5 }), says: /shares/ },
  { name: 'a negative share', rule: () => splitByGroup('g', { test: -0.1 }), says: /shares/ },
  { name: 'a whole validation file', rule: () => splitByRows({ validationFile: { test: 1 } }), says: /shares/ },
  {
    name: 'test rows before validation rows',
    rule: () => splitByTime('t', { validationFrom: '2014-01-02', testFrom: '2014-01-01' }),
    says: /before/,
  },
  { name: 'no moment', rule: () => splitByTime('t', { testFrom: 'soon' }), says: /"soon" is no moment/ },
])('refuses a split that takes $name', ({ rule, says }) => {
  expect(() => checkSplit(rule())).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  expect(rule).toThrow(says);
});

describe('a split that nobody named', () => {
  const unnamed: SplitRule = {
    by: 'rows',
    validation: 0.15,
    test: 0.15,
    validationFile: { test: 0 },
    unlessFiles: true,
  };

  it.each<{ roles: SourceRole[]; validation: number; test: number }>([
    { roles: ['train'], validation: 0.15, test: 0.15 },
    { roles: ['train', 'validation'], validation: 0, test: 0.15 },
    { roles: ['train', 'test'], validation: 0.15, test: 0 },
    { roles: ['train', 'validation', 'test'], validation: 0, test: 0 },
  ])('beside files of the roles $roles takes $validation and $test', ({ roles, validation, test }) => {
    // As text: it is part of the key of what is prepared.
    expect(JSON.stringify(splitBeside(unnamed, new Set(roles)))).toBe(
      JSON.stringify(splitByRows({ validation, test })),
    );
  });

  it('is no other: one that is named takes its shares whatever files there are', () => {
    const named = splitByRows({ validation: 0.15, test: 0.15 });
    expect(splitBeside(named, new Set<SourceRole>(['train', 'validation', 'test']))).toEqual(named);
  });
});
