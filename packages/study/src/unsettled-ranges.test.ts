import { expect, it } from 'vitest';
import { unsettledRanges } from './unsettled-ranges.js';

it.each([
  { name: 'nothing is known', unsettled: [], known: 0, ranges: [{ from: 0 }] },
  { name: 'all are settled', unsettled: [], known: 1_000, ranges: [{ from: 1_000 }] },
  { name: 'the newest run', unsettled: [999, 997], known: 1_000, ranges: [{ from: 997 }] },
  { name: 'one long ago', unsettled: [5], known: 1_000, ranges: [{ from: 5, limit: 1 }, { from: 1_000 }] },
  {
    name: 'some long ago, some new',
    unsettled: [990, 71, 5, 6],
    known: 1_000,
    ranges: [{ from: 5, limit: 2 }, { from: 71, limit: 1 }, { from: 990 }],
  },
  { name: 'a gap that is not worth a query', unsettled: [5, 69, 133], known: 190, ranges: [{ from: 5 }] },
])('reads what may have changed: $name', ({ unsettled, known, ranges }) => {
  expect(unsettledRanges(unsettled, known)).toEqual(ranges);
});
