import type { Direction } from '@assay/sampler';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestTrials, isAmongBest } from './best-trials.js';
import type { TrialRecord, TrialState } from './trial-record.js';

function trial(number: number, values: readonly number[], changes: Partial<TrialRecord> = {}): TrialRecord {
  return { number, state: 'complete', values, constraints: [], ...changes } as TrialRecord;
}

it.each([
  { name: 'nothing', trials: [], direction: 'minimize', best: [] },
  { name: 'the smallest', trials: [trial(0, [2]), trial(1, [1]), trial(2, [3])], direction: 'minimize', best: [1] },
  { name: 'the largest', trials: [trial(0, [2]), trial(1, [1]), trial(2, [3])], direction: 'maximize', best: [2] },
  {
    name: 'the earliest of equal ones',
    trials: [trial(0, [2]), trial(1, [1]), trial(2, [1])],
    direction: 'minimize',
    best: [1],
  },
  {
    name: 'not a pruned one',
    trials: [trial(0, [1], { state: 'pruned' }), trial(1, [2])],
    direction: 'minimize',
    best: [1],
  },
  {
    name: 'not an infeasible one',
    trials: [trial(0, [1], { constraints: [-1, 0.1] }), trial(1, [2], { constraints: [0] })],
    direction: 'minimize',
    best: [1],
  },
] as const)('one objective: $name', ({ trials, direction, best }) => {
  expect(bestTrials(trials, [direction]).map(({ number }) => number)).toEqual(best);
});

it('several objectives: exactly the trials that nothing beats, by the definition', () => {
  const value = fc.integer({ min: 0, max: 5 }); // few values, so that ties happen
  const record = fc.record({
    values: fc.tuple(value, value),
    state: fc.constantFrom<TrialState>('complete', 'complete', 'failed'),
  });
  const directions: readonly Direction[] = ['minimize', 'maximize'];
  const beats = (a: TrialRecord, b: TrialRecord): boolean => {
    const [dx, dy] = [b.values[0]! - a.values[0]!, a.values[1]! - b.values[1]!]; // above 0: a is better
    return dx >= 0 && dy >= 0 && (dx > 0 || dy > 0 || a.number < b.number);
  };
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), (records) => {
      const trials = records.map(({ values, state }, number) => trial(number, values, { state }));
      const complete = trials.filter(({ state }) => state === 'complete');
      const expected = complete.filter((one) => !complete.some((other) => beats(other, one)));
      expect(bestTrials(trials, directions)).toEqual(expected);
      expect(trials.filter((one) => isAmongBest(one, trials, directions))).toEqual(expected);
    }),
    { seed: 1 },
  );
});
