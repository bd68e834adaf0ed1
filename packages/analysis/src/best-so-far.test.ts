import { expect, it } from 'vitest';
import { bestSoFar } from './best-so-far.js';

const complete = (number: number, value: number, constraints: number[] = []) => ({
  number,
  state: 'complete' as const,
  values: [value],
  constraints,
});
const trials = [
  complete(0, 3),
  { ...complete(1, 0), state: 'pruned' as const },
  complete(2, 5),
  complete(3, 1, [0.1]),
  { number: 4, state: 'running' as const, values: [], constraints: [] },
  complete(5, 2, [0, -1]),
  complete(6, 2),
];

it('the best so far has a point per complete, feasible trial', () => {
  expect(bestSoFar(trials, 'minimize')).toEqual([
    { number: 0, value: 3, best: 3 },
    { number: 2, value: 5, best: 3 },
    { number: 5, value: 2, best: 2 },
    { number: 6, value: 2, best: 2 },
  ]);
  expect(bestSoFar(trials, 'maximize').map(({ best }) => best)).toEqual([3, 5, 5, 5]);
});

it('has no point before a trial is complete and feasible', () => {
  expect(bestSoFar([trials[1]!, trials[3]!, trials[4]!], 'minimize')).toEqual([]);
});
