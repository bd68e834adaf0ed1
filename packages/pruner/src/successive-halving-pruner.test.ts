import { describe, expect, it } from 'vitest';
import { climbers, completed, contextOf, curve, curveAt } from './curves.test.kit.js';
import { successiveHalvingPruner } from './successive-halving-pruner.js';

const halving = successiveHalvingPruner({ minResource: 1, reductionFactor: 2 });

describe('rungs at 1, 2, 4, 8 with one half promoted', () => {
  it.each([
    { name: 'before the first rung', step: 0, value: 9, rungs: [], others: [], after: undefined, prune: false },
    { name: 'alone, a trial climbs', step: 1, value: 9, rungs: [], others: [], after: [9], prune: false },
    { name: 'several rungs at one report', step: 5, value: 9, rungs: [], others: [], after: [9, 9, 9], prune: false },
    {
      name: 'between rungs nothing changes',
      step: 3,
      value: 9,
      rungs: [8, 8],
      others: [[1]],
      after: undefined,
      prune: false,
    },
    { name: 'best of two', step: 1, value: 1, rungs: [], others: [[2]], after: [1], prune: false },
    {
      name: 'worst of two, its value still stored',
      step: 1,
      value: 3,
      rungs: [],
      others: [[2]],
      after: [3],
      prune: true,
    },
    {
      name: 'second of four: two places',
      step: 1,
      value: 2,
      rungs: [],
      others: [[1], [3], [4]],
      after: [2],
      prune: false,
    },
    { name: 'third of four', step: 1, value: 3, rungs: [], others: [[1], [2], [4]], after: [3], prune: true },
    { name: 'second of three: one place', step: 1, value: 2, rungs: [], others: [[1], [3]], after: [2], prune: true },
    {
      name: 'a tie with the last place counts',
      step: 1,
      value: 2,
      rungs: [],
      others: [[2], [2], [2]],
      after: [2],
      prune: false,
    },
    {
      name: 'a tie below the last place does not',
      step: 1,
      value: 2,
      rungs: [],
      others: [[1], [1], [2]],
      after: [2],
      prune: true,
    },
    {
      name: 'promoted at rung 0, stopped at rung 1',
      step: 2,
      value: 2,
      rungs: [],
      others: [[3, 1]],
      after: [2, 2],
      prune: true,
    },
    {
      name: 'starts at its own next rung',
      step: 4,
      value: 5,
      rungs: [1, 1],
      others: [[0, 0]],
      after: [1, 1, 5],
      prune: false,
    },
    { name: 'NaN at a rung', step: 1, value: Number.NaN, rungs: [], others: [], after: undefined, prune: true },
    {
      name: 'NaN between rungs',
      step: 3,
      value: Number.NaN,
      rungs: [1, 1],
      others: [],
      after: undefined,
      prune: false,
    },
    { name: 'infinity is a value', step: 1, value: Infinity, rungs: [], others: [], after: [Infinity], prune: false },
  ])('step $step, value $value against $others: prune $prune, rungs $after ($name)', (row) => {
    const decision = halving.decide(
      contextOf(curveAt(row.step, row.value, { rungs: row.rungs }), climbers(row.others)),
    );
    expect(decision.prune).toBe(row.prune);
    expect(decision.rungs).toEqual(row.after);
    const mirrored = halving.decide(
      contextOf(
        curveAt(row.step, -row.value, { rungs: row.rungs.map((value) => -value) }),
        climbers(row.others.map((rungs) => rungs.map((value) => -value))),
        'maximize',
      ),
    );
    expect(mirrored.prune).toBe(row.prune);
    expect(mirrored.rungs).toEqual(row.after?.map((value) => -value));
  });
});

it('competes with trials in every state', () => {
  for (const state of ['running', 'complete', 'pruned', 'failed'] as const) {
    expect(halving.decide(contextOf(curveAt(1, 3), climbers([[2]], state))).prune, state).toBe(true);
  }
});

it('compares the newest value, not the best one', () => {
  expect(halving.decide(contextOf(curve([1, 3]), climbers([[2]]))).prune).toBe(true);
});

it('leaves out the lowest rungs', () => {
  const late = successiveHalvingPruner({ minResource: 2, reductionFactor: 3, minEarlyStoppingRate: 1 });
  expect(late.decide(contextOf(curveAt(5, 1), []))).toEqual({ prune: false });
  expect(late.decide(contextOf(curveAt(6, 1), []))).toEqual({ prune: false, rungs: [1] });
  expect(late.decide(contextOf(curveAt(17, 1), []))).toEqual({ prune: false, rungs: [1] });
  expect(late.decide(contextOf(curveAt(18, 1), []))).toEqual({ prune: false, rungs: [1, 1] });
});

it('promotes nobody while a rung is being filled', () => {
  const patient = successiveHalvingPruner({ minResource: 1, reductionFactor: 2, bootstrapCount: 2 });
  expect(patient.decide(contextOf(curveAt(1, 0), climbers([[5]])))).toEqual({
    prune: true,
    rungs: [0],
    reason: 'only 2 of more than 2 trials needed at rung 0, step 1',
  });
  expect(patient.decide(contextOf(curveAt(1, 0), climbers([[5], [6]])))).toEqual({ prune: false, rungs: [0] });
});

describe("minResource 'auto'", () => {
  const auto = successiveHalvingPruner({ reductionFactor: 2 });
  const rivals = climbers([[0]]);
  const completeUntil = (step: number) => curveAt(step, 1, { state: 'complete' });

  it('stops nothing before a trial is complete', () => {
    expect(auto.decide(contextOf(curveAt(1000, 9), rivals))).toEqual({ prune: false });
    expect(auto.decide(contextOf(curveAt(1000, 9), [...rivals, ...completed([])]))).toEqual({ prune: false });
  });

  it.each([
    { last: 0, firstRung: 1 },
    { last: 199, firstRung: 1 },
    { last: 200, firstRung: 2 },
    { last: 750, firstRung: 7 },
  ])('is $firstRung when complete trials end at step $last', ({ last, firstRung }) => {
    const trials = [...rivals, completeUntil(last)];
    expect(auto.decide(contextOf(curveAt(firstRung - 1, 9), trials)).prune).toBe(false);
    expect(auto.decide(contextOf(curveAt(firstRung, 9), trials)).prune).toBe(true);
  });
});

it("'auto' stays what the first complete trial made it: later ones move no rung", () => {
  const auto = successiveHalvingPruner({ reductionFactor: 2 });
  const first = curveAt(200, 1, { number: 1, state: 'complete' });
  const later = [curveAt(900, 1, { number: 2, state: 'complete' }), curveAt(100, 1, { number: 3, state: 'complete' })];
  for (const trials of [[first], [first, ...later], [...later, first]]) {
    expect(auto.decide(contextOf(curveAt(1, 9, { number: 4 }), trials))).toEqual({ prune: false });
    expect(auto.decide(contextOf(curveAt(2, 9, { number: 4 }), trials))).toEqual({ prune: false, rungs: [9] });
  }
});

it('says why', () => {
  expect(halving.decide(contextOf(curveAt(1, 3), climbers([[1], [2], [4]]))).reason).toBe(
    'value 3 is not among the best 2 of 4 at rung 0, step 1',
  );
});
