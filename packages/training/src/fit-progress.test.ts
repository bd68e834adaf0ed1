import { expect, it } from 'vitest';
import { reportsSinceBest } from './fit-progress.js';

const NO_STATE = { step: 0, weights: new Float32Array(0), statistics: new Float32Array(0), slots: [] };

it.each([
  { name: 'no report', values: [], from: 0, since: 0 },
  { name: 'the last is the best', values: [3, 2, 1], from: 0, since: 0 },
  { name: 'the first is the best', values: [1, 2, 3], from: 0, since: 2 },
  { name: 'a tie keeps the earlier best', values: [2, 1, 1], from: 0, since: 1 },
  { name: 'a best before `from` does not count', values: [1, 9, 5, 4], from: 1, since: 0 },
  { name: 'nothing from `from` on yet', values: [1, 9], from: 2, since: 0 },
  { name: 'counts within what counts', values: [1, 4, 5, 6], from: 1, since: 2 },
])('reportsSinceBest: $name', ({ values, from, since }) => {
  const history = values.map((value, index) => ({ step: index + 1, value }));
  expect(reportsSinceBest({ state: NO_STATE, history, best: null }, from)).toBe(since);
});
