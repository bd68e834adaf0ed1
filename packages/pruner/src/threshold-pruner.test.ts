import { expect, it } from 'vitest';
import { contextOf, curve } from './curves.test.kit.js';
import { thresholdPruner } from './threshold-pruner.js';

it.each([
  { name: 'inside', values: [5], reason: undefined },
  { name: 'on the lower bound', values: [1], reason: undefined },
  { name: 'on the upper bound', values: [10], reason: undefined },
  { name: 'below', values: [0.5], reason: 'value 0.5 at step 0 is below the lower bound 1' },
  { name: 'above', values: [5, 10.5], reason: 'value 10.5 at step 1 is above the upper bound 10' },
  { name: 'infinite', values: [Infinity], reason: 'value Infinity at step 0 is above the upper bound 10' },
  { name: 'NaN', values: [5, Number.NaN], reason: 'the value at step 1 is NaN' },
  { name: 'outside before, inside now', values: [50, 5], reason: undefined },
  { name: 'no report', values: [], reason: undefined },
])('between 1 and 10, $values is $name', ({ values, reason }) => {
  const pruner = thresholdPruner({ lower: 1, upper: 10 });
  for (const direction of ['minimize', 'maximize'] as const) {
    const decision = pruner.decide(contextOf(curve(values), [], direction));
    expect(decision).toEqual(reason === undefined ? { prune: false } : { prune: true, reason });
  }
});

it('stops NaN with either bound alone, and checks no other bound', () => {
  expect(thresholdPruner({ upper: 1 }).decide(contextOf(curve([-1e9]), [])).prune).toBe(false);
  expect(thresholdPruner({ lower: 1 }).decide(contextOf(curve([1e9]), [])).prune).toBe(false);
  expect(thresholdPruner({ lower: 1 }).decide(contextOf(curve([Number.NaN]), [])).prune).toBe(true);
});

it('checks once an interval after the warm-up', () => {
  const pruner = thresholdPruner({ upper: 0, warmupSteps: 2, intervalSteps: 2 });
  const prunedAt = [0, 1, 2, 3, 4].filter(
    (step) => pruner.decide(contextOf(curve(Array.from({ length: step + 1 }, () => 1)), [])).prune,
  );
  expect(prunedAt).toEqual([2, 4]);
});
