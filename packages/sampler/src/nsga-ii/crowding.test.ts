import { expect, it } from 'vitest';
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
])('crowding distances of $name', ({ front, distances }) => {
  expect(crowdingDistances(front)).toEqual(distances);
});
