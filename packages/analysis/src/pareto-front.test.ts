import type { Direction } from '@assay/sampler';
import { expect, it } from 'vitest';
import { paretoFront } from './pareto-front.js';

const trial = (values: readonly number[], rest: object = {}) => ({
  number: 0,
  state: 'complete' as const,
  values,
  constraints: [],
  ...rest,
});
const down: readonly Direction[] = ['minimize', 'minimize'];

it.each<{ name: string; values: readonly (readonly number[])[]; directions?: readonly Direction[]; front: number[] }>([
  { name: 'nothing', values: [], front: [] },
  {
    name: 'one beats all',
    values: [
      [2, 2],
      [1, 1],
      [1, 2],
    ],
    front: [1],
  },
  {
    name: 'a trade-off',
    values: [
      [1, 3],
      [2, 2],
      [3, 1],
      [3, 3],
    ],
    front: [0, 1, 2],
  },
  {
    name: 'equal ones are all on it',
    values: [
      [1, 2],
      [2, 1],
      [1, 2],
    ],
    front: [0, 1, 2],
  },
  {
    name: 'maximizing the second',
    values: [
      [1, 3],
      [2, 2],
      [0, 1],
    ],
    directions: ['minimize', 'maximize'],
    front: [0, 2],
  },
  { name: 'one objective', values: [[3], [1], [1]], directions: ['minimize'], front: [1, 2] },
])('the front of $values is $front: $name', ({ values, directions = down, front }) => {
  expect(
    paretoFront(
      values.map((row) => trial(row)),
      directions,
    ),
  ).toEqual(front);
});

it('leaves out trials that are not complete or not feasible, and counts places in the whole list', () => {
  const trials = [
    trial([0, 0], { state: 'pruned' }),
    trial([], { state: 'running' }),
    trial([0, 0], { constraints: [-1, 0.5] }),
    trial([2, 2]),
    trial([1, 1], { constraints: [0] }),
  ];
  expect(paretoFront(trials, down)).toEqual([4]);
});
