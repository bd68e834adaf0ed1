import { expect, it } from 'vitest';
import { aTrial, trialsWith } from './testing/trial-fixtures.js';
import { topTrials } from './top-trials.js';

const FOUR = trialsWith([3], [1], [2], [1]);
const PLANE = trialsWith([2, 2], [1, 3], [9, 9], [3, 1], [3, 3], [2, 2]);

it.each([
  { name: 'minimize', directions: ['minimize'], trials: FOUR, count: 3, top: [1, 3, 2] },
  { name: 'maximize', directions: ['maximize'], trials: FOUR, count: 3, top: [0, 2, 1] },
  { name: 'more than there are', directions: ['minimize'], trials: FOUR, count: 9, top: [1, 3, 2, 0] },
  { name: 'none', directions: ['minimize'], trials: [], count: 2, top: [] },
  {
    name: 'infinite values',
    directions: ['minimize'],
    trials: trialsWith([Infinity], [-Infinity], [Infinity]),
    count: 3,
    top: [1, 0, 2],
  },
  // fronts: {0, 1, 3, 5}, {4}, {2}
  { name: 'front by front', directions: ['minimize', 'minimize'], trials: PLANE, count: 5, top: [0, 1, 3, 5, 4] },
  {
    name: 'several, more than there are',
    directions: ['minimize', 'minimize'],
    trials: PLANE,
    count: 99,
    top: [0, 1, 3, 5, 4, 2],
  },
] as const)('$name', ({ directions, trials, count, top }) => {
  expect(topTrials(trials, directions, count).map(({ number }) => number)).toEqual(top);
});

it('takes of a front that does not fit what covers most', () => {
  // the reference is (11, 11): (1, 1) covers 100, beside it (0, 10) adds 1 * 1 and (0.5, 4) adds 0.5 * 7
  const trials = trialsWith([0, 10], [10, 0], [1, 1], [0.5, 4]);
  expect(topTrials(trials, ['minimize', 'minimize'], 2).map(({ number }) => number)).toEqual([2, 3]);
});

it('leaves out what is not complete, or not feasible', () => {
  const trials = [
    aTrial(0, { state: 'pruned' }),
    aTrial(1, { state: 'failed', values: [] }),
    aTrial(2, { constraints: [-1, 1e-9] }),
    aTrial(3, { constraints: [0] }),
  ];
  expect(topTrials(trials, ['minimize'], 9).map(({ number }) => number)).toEqual([3]);
});
