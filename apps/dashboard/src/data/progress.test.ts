import { expect, it } from 'vitest';
import { aFailedTrial, aTrial, START_MS } from '../testing/trials.test.kit.js';
import { countAdded, estimateLeftMs, finishTimes } from './progress.js';

it.each([
  { name: 'nothing is left', remaining: 0, finished: [], now: 5, left: 0 },
  { name: 'nobody can say before a trial has finished', remaining: 3, finished: [], now: 5, left: null },
  { name: 'two trials in 20 s: 10 s each', remaining: 3, finished: [10_000, 20_000], now: 20_000, left: 30_000 },
  { name: 'counts down while none finishes', remaining: 3, finished: [10_000, 20_000], now: 24_000, left: 26_000 },
  {
    name: 'a trial that is overdue does not bring the others forward',
    remaining: 3,
    finished: [10_000],
    now: 90_000,
    left: 20_000,
  },
  {
    name: 'the pace of the last 20: a slow start is forgotten',
    remaining: 10,
    finished: Array.from({ length: 21 }, (_, i) => 100_000 + i * 1_000),
    now: 120_000,
    left: 10_000,
  },
])('time left: $name', ({ remaining, finished, now, left }) => {
  expect(estimateLeftMs(remaining, finished, 0, now)).toBe(left);
});

it('an attempt that is tried again counts once, trials of earlier runs not at all', () => {
  const trials = [aTrial(0), aFailedTrial(1), aTrial(2, { retryOf: 1 }), aTrial(3)];
  expect(countAdded(trials, START_MS)).toBe(3);
  expect(countAdded(trials, START_MS + 2_500)).toBe(2);
});

it('failed trials set no pace', () => {
  expect(finishTimes([aTrial(1), aFailedTrial(2), aTrial(0)], START_MS)).toEqual([START_MS + 1_000, START_MS + 2_000]);
});
