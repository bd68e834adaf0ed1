import { expect, it } from 'vitest';
import { expandedNames, expandedStatistics, expandRows } from './expand-features.js';
import { featureTally } from './feature-statistics.js';
import { RunningStatistics } from './running-statistics.js';

const COLUMNS = [
  { name: 'x', categories: null },
  { name: 'color', categories: ['red', 'green', 'blue'] },
  { name: 'y', categories: null },
];
const ROWS = Float32Array.of(...[0.5, 1, 7], ...[1.5, -1, 8], ...[2.5, 1, 9], ...[3.5, 0, 10]);

it('spells out categories', () => {
  expect(expandedNames(COLUMNS)).toEqual(['x', 'color_red', 'color_green', 'color_blue', 'y']);
  expect([...expandRows(COLUMNS, ROWS)]).toEqual([
    ...[0.5, 0, 1, 0, 7],
    ...[1.5, 0, 0, 0, 8],
    ...[2.5, 0, 1, 0, 9],
    ...[3.5, 1, 0, 0, 10],
  ]);
});

it('counts categories, and knows the statistics of their columns from the counts', () => {
  const tallies = COLUMNS.map(featureTally);
  for (const [column, tally] of tallies.entries()) tally.add(ROWS, column, 3);
  const statistics = tallies.map((tally) => tally.result());
  expect(statistics[1]).toEqual({ kind: 'category', counts: [1, 2, 0], none: 1 });
  const expanded = expandRows(COLUMNS, ROWS);
  expandedStatistics(statistics).forEach((found, column) => {
    const direct = new RunningStatistics();
    direct.add(expanded, column, 5);
    expect(found.mean).toBeCloseTo(direct.result().mean, 12);
    expect(found.std).toBeCloseTo(direct.result().std, 12);
    expect(found).toMatchObject({ min: direct.result().min, max: direct.result().max });
  });
});
