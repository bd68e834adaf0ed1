import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Losses } from '../pareto/dominance.js';
import { crowdingDistances } from './crowding.js';

it.each([
  { name: 'no point', front: [], distances: [] },
  { name: 'one point', front: [[1, 2]], distances: [Infinity] },
  {
    // spans 4 and 8; of the equal ones, the later comes later in both orders
    name: 'ends, and gaps between the neighbours',
    front: [
      [1, 9],
      [2, 5],
      [4, 2],
      [5, 1],
      [4, 2],
    ],
    distances: [Infinity, 0.75 + 0.875, 0.5 + 0.125, Infinity, 0.25 + 0.375],
  },
  {
    name: 'an objective in which all are alike',
    front: [
      [1, 1],
      [2, 1],
      [3, 1],
    ],
    distances: [Infinity, 1, Infinity],
  },
  {
    name: 'infinite losses',
    front: [
      [-Infinity, 3],
      [0, 2],
      [Infinity, 1],
    ],
    distances: [Infinity, 1, Infinity],
  },
  {
    // the first objective's span is infinite: a finite gap is no share of it, and an infinite one no number
    name: 'several infinite losses',
    front: [
      [0, 9],
      [1, 8],
      [2, 6],
      [Infinity, 5],
      [Infinity, 1],
    ],
    distances: [Infinity, 3 / 8, 3 / 8, 5 / 8, Infinity],
  },
])('crowding distances of $name', ({ front, distances }) => {
  expect(crowdingDistances(front)).toEqual(distances);
});

/** As the paper words it, one point and objective at a time, for fronts in which no two losses are equal. */
function slowDistance(front: readonly Losses[], i: number): number {
  return front[i]!.reduce((sum, loss, j) => {
    const losses = front.map((point) => point[j]!);
    const below = Math.max(...losses.filter((other) => other < loss));
    const above = Math.min(...losses.filter((other) => other > loss));
    return sum + (above - below) / (Math.max(...losses) - Math.min(...losses)); // no neighbour: infinitely far
  }, 0);
}

it('crowding distances are those of the definition, whatever the scale and the order', () => {
  const column = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 3 }), fc.integer({ min: -3, max: 3 }), (columns, power) => {
      const count = Math.min(...columns.map(({ length }) => length));
      const front = Array.from({ length: count }, (_, i) => columns.map((losses) => losses[i]!));
      const expected = front.map((_, i) => expect.closeTo(slowDistance(front, i), 9));
      expect(crowdingDistances(front)).toEqual(expected);
      const scaled = front.map((point) => point.map((loss) => loss * 10 ** power + 5));
      expect(crowdingDistances(scaled)).toEqual(expected);
      expect(crowdingDistances(front.toReversed())).toEqual(expected.toReversed());
    }),
    { seed: 1 },
  );
});
