import { describe, expect, it } from 'vitest';
import { tableInput } from './table-input.js';
import type { TableFacts } from './table-study.js';

const number = (mean: number, std: number) => ({ kind: 'number', mean, std, min: 0, max: 9 }) as const;

/** Two numbers in one group, a number, a category of three, and one of which no value was frequent enough. */
const FACTS: TableFacts = {
  features: [
    { name: 'x', categories: null },
    { name: 'y', categories: null },
    { name: 'color', categories: ['red', 'green', 'blue'] },
    { name: 'size', categories: null },
    { name: 'rare', categories: [] },
  ],
  groups: [
    { name: 'place', start: 0, end: 2 },
    { name: 'color', start: 2, end: 3 },
    { name: 'size', start: 3, end: 4 },
    { name: 'rare', start: 4, end: 5 },
  ],
  featureStatistics: [
    number(1, 2),
    number(3, 0),
    { kind: 'category', counts: [5, 3, 1], none: 1 },
    number(5, 6),
    { kind: 'category', counts: [], none: 10 },
  ],
  label: { name: 'z', mean: 0, std: 1, min: 0, max: 1 },
  shardRows: [10],
};

describe('a network sees', () => {
  it.each([
    { name: 'nothing that is not named', seen: {}, blocks: [] },
    { name: 'nothing of what is named none', seen: { color: { kind: 'none' }, place: { kind: 'none' } }, blocks: [] },
    {
      name: 'numbers as they are',
      seen: { place: { kind: 'plain' } },
      blocks: [{ kind: 'values', columns: [0, 1], standardization: null }],
    },
    {
      name: 'numbers of several groups in one block, in the order of the columns; one that never changes is only centred',
      seen: { size: { kind: 'standardized' }, place: { kind: 'standardized' } },
      blocks: [{ kind: 'values', columns: [0, 1, 3], standardization: { mean: [1, 3, 5], deviation: [2, 1, 6] } }],
    },
    {
      name: 'a category as columns',
      seen: { color: { kind: 'oneHot' } },
      blocks: [{ kind: 'oneHot', column: 2, size: 3, standardization: null }],
    },
    {
      name: 'a category as trained numbers, after plain and standardized ones',
      seen: { color: { kind: 'embedding', units: 4 }, size: { kind: 'standardized' }, place: { kind: 'plain' } },
      blocks: [
        { kind: 'values', columns: [0, 1], standardization: null },
        { kind: 'values', columns: [3], standardization: { mean: [5], deviation: [6] } },
        { kind: 'embedding', column: 2, size: 3, units: 4 },
      ],
    },
    { name: 'nothing of a category without values', seen: { rare: { kind: 'embedding', units: 4 } }, blocks: [] },
  ] as const)('$name', ({ seen, blocks }) => {
    expect(tableInput(FACTS, seen)).toEqual({ width: 5, blocks });
  });
});

it.each([
  { seen: { colour: { kind: 'oneHot' } }, says: "no feature 'colour'; it has place, color, size, rare" },
  { seen: { color: { kind: 'plain' } }, says: "Feature 'color' is a category and cannot be seen as numbers" },
  { seen: { place: { kind: 'oneHot' } }, says: "Feature 'x' is numbers and cannot be seen as a category" },
] as const)('refuses $seen', ({ seen, says }) => {
  expect(() => tableInput(FACTS, seen)).toThrow(says);
});
