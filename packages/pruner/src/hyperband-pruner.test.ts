import { describe, expect, it } from 'vitest';
import { climbers, contextOf, curveAt } from './curves.test.kit.js';
import { hyperbandPruner } from './hyperband-pruner.js';

/** In study "taxifare" with budgets 27, 12, 6, 4 trials 0, 2, 3, 4 are in bracket 0, trials 1 and 10 in 1, 7 in 2, 5 and 8 in 3. */
const hyperband = hyperbandPruner({ maxResource: 27 });
const bracketExamples = [0, 1, 7, 5];
const decide = (number: number, step: number, value: number, trials = climbers([])) =>
  hyperband.decide(contextOf(curveAt(step, value, { number }), trials, 'minimize', 'taxifare'));

it.each([
  { bracket: 0, firstRung: 1 },
  { bracket: 1, firstRung: 3 },
  { bracket: 2, firstRung: 9 },
  { bracket: 3, firstRung: 27 },
])('bracket $bracket has its first rung at step $firstRung', ({ bracket, firstRung }) => {
  const number = bracketExamples[bracket]!;
  expect(decide(number, firstRung - 1, 5)).toEqual({ prune: false });
  expect(decide(number, firstRung, 5)).toEqual({ prune: false, rungs: [5] });
});

it('compares within the bracket only', () => {
  const better = (number: number) => [{ number, state: 'pruned', reports: [], rungs: [1], value: null }] as const;
  expect(decide(0, 1, 5, [...better(2)]).prune, 'trial 2 shares bracket 0').toBe(true);
  expect(decide(0, 1, 5, [...better(1)]).prune, 'trial 1 is in bracket 1').toBe(false);
  expect(decide(1, 3, 5, [...better(10)]).prune, 'trial 10 shares bracket 1').toBe(true);
});

it('deals by study name: the same trial competes elsewhere under another name', () => {
  const context = contextOf(curveAt(1, 5, { number: 0 }), [], 'minimize', 'größe');
  expect(hyperband.decide(context), 'trial 0 of größe is in bracket 1').toEqual({ prune: false });
});

it('promotes nobody while a rung of the bracket is being filled', () => {
  const pruner = hyperbandPruner({ maxResource: 27, bootstrapCount: 1 });
  expect(pruner.decide(contextOf(curveAt(1, 5), [], 'minimize', 'taxifare')).prune).toBe(true);
});

describe("maxResource 'auto'", () => {
  const auto = hyperbandPruner();
  const trial = curveAt(20, 9, { number: 5 });
  const decideAfter = (lastStep: number) =>
    auto.decide(contextOf(trial, [curveAt(lastStep, 1, { number: 2, state: 'complete' })], 'minimize', 'taxifare'));

  it('stops nothing before a trial is complete', () => {
    const runner = curveAt(100, 1, { rungs: [1], state: 'pruned' });
    expect(auto.decide(contextOf(trial, [runner], 'minimize', 'taxifare'))).toEqual({ prune: false });
  });

  it('is the last step of complete trials plus one', () => {
    // Maximum 27 makes four brackets, trial 5 is in the last, whose only rung is at step 27. Maximum 26 makes three, with
    // a rung at step 9 in each.
    expect(decideAfter(26)).toEqual({ prune: false });
    expect(decideAfter(25).rungs?.at(-1)).toBe(9);
  });

  it('stays what the first complete trial made it: later ones deal no brackets anew', () => {
    const [first, later] = [2, 3].map((number) => curveAt(number === 2 ? 25 : 100, 1, { number, state: 'complete' }));
    const decision = decideAfter(25);
    for (const trials of [
      [first!, later!],
      [later!, first!],
    ]) {
      expect(auto.decide(contextOf(trial, trials, 'minimize', 'taxifare'))).toEqual(decision);
    }
    expect(decideAfter(100)).not.toEqual(decision);
  });

  it('keeps every trial while the longest run is shorter than minResource', () => {
    const context = contextOf(curveAt(50, 9), [curveAt(5, 1, { state: 'complete' })], 'minimize', 'taxifare');
    expect(hyperbandPruner({ minResource: 10 }).decide(context)).toEqual({ prune: false });
  });
});
