import { expect, it } from 'vitest';
import { isCheckDue } from './check-schedule.js';

/** At which of the reported steps a check is due, as the reports come in one after the other. */
function checkedSteps(steps: readonly number[], warmupSteps: number, intervalSteps: number): readonly number[] {
  const reports = steps.map((step) => ({ step, value: 0 }));
  return steps.filter((_, index) => isCheckDue(reports.slice(0, index + 1), { warmupSteps, intervalSteps }));
}

it.each([
  { name: 'every report', steps: [0, 1, 2, 3], warmup: 0, interval: 1, checked: [0, 1, 2, 3] },
  { name: 'the warm-up step itself is checked', steps: [0, 1, 2, 3], warmup: 2, interval: 1, checked: [2, 3] },
  { name: 'once an interval', steps: [0, 1, 2, 3, 4, 5, 6], warmup: 0, interval: 3, checked: [0, 3, 6] },
  {
    name: 'intervals count from the warm-up on',
    steps: [0, 1, 2, 3, 4, 5],
    warmup: 1,
    interval: 2,
    checked: [1, 3, 5],
  },
  {
    name: 'a check waits for the next report',
    steps: [0, 2, 4, 5, 6, 11],
    warmup: 0,
    interval: 3,
    checked: [0, 4, 6, 11],
  },
  { name: 'a first report in mid-interval', steps: [5, 6], warmup: 3, interval: 10, checked: [5] },
  { name: 'no report', steps: [], warmup: 0, interval: 1, checked: [] },
])('checks $checked of steps $steps with warm-up $warmup and interval $interval: $name', (row) => {
  expect(checkedSteps(row.steps, row.warmup, row.interval)).toEqual(row.checked);
});

it('has nothing to check before the first report', () => {
  expect(isCheckDue([], { warmupSteps: 0, intervalSteps: 1 })).toBe(false);
});
