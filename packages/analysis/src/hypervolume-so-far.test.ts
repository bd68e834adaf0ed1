import type { Direction } from '@assay/sampler';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hypervolumeSoFar } from './hypervolume-so-far.js';

const complete = (number: number, values: readonly number[], constraints: readonly number[] = []) => ({
  number,
  state: 'complete' as const,
  values,
  constraints,
});
const down: readonly Direction[] = ['minimize', 'minimize'];
const volumes = (rows: readonly (readonly number[])[], reference?: readonly number[]) =>
  hypervolumeSoFar(
    rows.map((row, number) => complete(number, row)),
    down,
    reference,
  ).points.map((p) => p.hypervolume);

// Areas of boxes up to the corner (10, 10).
it.each([
  { name: 'one box', rows: [[4, 5]], areas: [30] },
  {
    name: 'a worse one adds nothing',
    rows: [
      [4, 5],
      [5, 5],
    ],
    areas: [30, 30],
  },
  {
    name: 'a better one takes its place',
    rows: [
      [4, 5],
      [3, 4],
    ],
    areas: [30, 42],
  },
  {
    name: 'a trade-off adds what is its own: 3 x 2',
    rows: [
      [4, 5],
      [7, 3],
    ],
    areas: [30, 36],
  },
  {
    name: 'beyond the corner, then inside',
    rows: [
      [11, 1],
      [9, 9],
    ],
    areas: [0, 1],
  },
  { name: 'on the corner', rows: [[10, 1]], areas: [0] },
])('the areas so far of $rows are $areas: $name', ({ rows, areas }) => {
  expect(volumes(rows, [10, 10])).toEqual(areas);
});

it('turns objectives that are maximized', () => {
  const curve = hypervolumeSoFar([complete(7, [3, 0.5])], ['minimize', 'maximize'], [5, 0.25]);
  expect(curve).toEqual({ reference: [5, 0.25], points: [{ number: 7, hypervolume: 0.5 }] });
});

it('measures from a tenth of the range beyond the worst values on any front so far', () => {
  // Trial 0 and what improves on it: first objective 1 to 4, second 2 to 5. Trial 1 never was on the front.
  const rows = [
    [4, 5],
    [900, 900],
    [1, 4],
    [3, 2],
  ];
  expect(
    hypervolumeSoFar(
      rows.map((row, i) => complete(i, row)),
      down,
    ).reference,
  ).toEqual([4.3, 5.3]);
  const without = rows.filter((_, i) => i !== 1);
  expect(volumes(rows).filter((_, i) => i !== 1)).toEqual(volumes(without));
});

it.each([
  { values: [2, -3], reference: [2.2, -2.7] },
  { values: [0, 5], reference: [0.1, 5.5] },
])('one trial with $values still has room up to $reference', ({ values, reference }) => {
  const curve = hypervolumeSoFar([complete(0, values)], down);
  expect(curve.reference).toEqual(reference.map((value) => expect.closeTo(value, 12)));
  expect(curve.points[0]!.hypervolume).toBeGreaterThan(0);
});

it('has a point per complete and feasible trial with finite values', () => {
  const trials = [
    { ...complete(0, [1, 1]), state: 'pruned' as const },
    complete(1, [1, 1], [0.1]),
    complete(2, [Infinity, 0]),
    { number: 3, state: 'running' as const, values: [], constraints: [] },
  ];
  expect(hypervolumeSoFar(trials, down)).toEqual({ reference: null, points: [] });
  expect(hypervolumeSoFar([...trials, complete(4, [1, 1])], down).points.map(({ number }) => number)).toEqual([4]);
});

it('never falls, and agrees with counting the unit cells that some trial dominates', () => {
  const row = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
      const trials = rows.map(([a, b], number) => complete(number, [a!, -b!]));
      const curve = hypervolumeSoFar(trials, ['minimize', 'maximize'], [5, -5]).points;
      expect(curve.map((point) => point.hypervolume)).toEqual(
        rows.map((_, i) => dominatedCells(rows.slice(0, i + 1), 5)),
      );
    }),
  );
});

it.each([
  { name: 'one objective: the distance from the reference', rows: [[4], [6], [1]], volumes: [6, 6, 9] },
  {
    name: 'three: one box',
    rows: [
      [8, 7, 6],
      [9, 9, 9],
    ],
    volumes: [24, 24],
  },
])('$name', ({ rows, volumes: expected }) => {
  const trials = rows.map((row, number) => complete(number, row));
  const [directions, reference] = [rows[0]!.map((): Direction => 'minimize'), rows[0]!.map(() => 10)];
  expect(hypervolumeSoFar(trials, directions, reference).points.map((point) => point.hypervolume)).toEqual(expected);
});

function dominatedCells(rows: readonly (readonly number[])[], side: number): number {
  const corners = Array.from({ length: side ** 2 }, (_, cell) => [cell % side, Math.floor(cell / side)]);
  return corners.filter((corner) => rows.some((row) => row.every((loss, j) => loss <= corner[j]!))).length;
}
