import { categorical, type Distribution, float, int, ordered, type Scalar } from '@assay/space';
import { expect, it } from 'vitest';
import { valueGrid } from './value-grid.js';

const cases: readonly { of: Distribution; cells: number; cellOf: readonly (readonly [Scalar, number])[] }[] = [
  {
    of: float(0, 49),
    cells: 50,
    cellOf: [
      [0, 0],
      [0.5, 0],
      [0.51, 1],
      [48.4, 48],
      [49, 49],
    ],
  },
  {
    of: float(1, 10 ** 49, { log: true }),
    cells: 50,
    cellOf: [
      [1, 0],
      [1e10, 10],
      [4e10, 11],
    ],
  },
  {
    of: float(0, 1, { step: 0.25 }),
    cells: 5,
    cellOf: [
      [0, 0],
      [0.75, 3],
      [1, 4],
    ],
  },
  {
    of: int(1, 3),
    cells: 3,
    cellOf: [
      [1, 0],
      [3, 2],
    ],
  },
  {
    of: int(0, 490),
    cells: 50,
    cellOf: [
      [5, 0],
      [6, 1],
      [490, 49],
    ],
  },
  {
    of: int(1, 1024, { log: true }),
    cells: 11,
    cellOf: [
      [1, 0],
      [2, 1],
      [512, 9],
      [1024, 10],
    ],
  },
  {
    of: ordered([16, 32, 64]),
    cells: 3,
    cellOf: [
      [16, 0],
      [64, 2],
    ],
  },
  {
    of: categorical(['a', null]),
    cells: 2,
    cellOf: [
      ['a', 0],
      [null, 1],
    ],
  },
];

it.each(cases)('$of has $cells cells', ({ of, cells, cellOf }) => {
  const grid = valueGrid(of)!;
  expect(grid.cells).toBe(cells);
  expect(cellOf.map(([value]) => [value, grid.cellOf(value)])).toEqual(cellOf);
});

it('there is no grid for a single value', () => {
  expect(valueGrid(int(7, 7))).toBeNull();
  expect(valueGrid(categorical(['only']))).toBeNull();
});
