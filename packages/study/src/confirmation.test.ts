import { expect, it } from 'vitest';
import { CONFIRMED_TRIAL, confirmationsOf } from './confirmation.js';
import { aTrial, trialsWith } from './testing/trial-fixtures.js';
import type { TrialRecord } from './trial-record.js';

const MIN = { directions: ['minimize'] } as const;

function run(confirms: number, given: Partial<TrialRecord>): TrialRecord {
  return aTrial(100, { attributes: { [CONFIRMED_TRIAL]: confirms }, ...given });
}

it('gives means, standard errors and new ranks, best first', () => {
  const trials = trialsWith([1], [2], [3]);
  const runs = [
    run(0, { values: [6] }),
    run(0, { values: [2] }),
    run(0, { values: [4] }), // mean 4, variance ((2)² + (-2)² + 0) / 2 = 4, standard error √(4 / 3)
    run(1, { values: [2.5] }),
    run(0, { state: 'failed', values: [] }),
    run(1, { state: 'running', values: [] }),
    run(2, { state: 'waiting', values: [] }),
    aTrial(100, { values: [0] }),
  ];
  expect(confirmationsOf(MIN, trials, runs)).toEqual([
    { trial: trials[1], repeats: 1, values: [2.5], standardErrors: [null], constraints: [], rank: 1 },
    { trial: trials[0], repeats: 3, values: [4], standardErrors: [Math.sqrt(4 / 3)], constraints: [], rank: 2 },
  ]);
});

it('ranks equal ones alike, diverged ones behind, infeasible ones last', () => {
  const trials = trialsWith([1], [2], [3], [4]);
  const runs = [
    run(0, { values: [1], constraints: [-1] }),
    run(0, { values: [1], constraints: [1] }),
    run(1, { values: [7] }),
    run(1, { values: [Infinity], state: 'pruned' }),
    run(2, { values: [5] }),
    run(3, { values: [5] }),
  ];
  expect(
    confirmationsOf(MIN, trials, runs).map(({ trial, rank, values, standardErrors, constraints }) => [
      ...[trial.number, rank, values[0], standardErrors[0], constraints],
    ]),
  ).toEqual([
    [2, 1, 5, null, []],
    [3, 1, 5, null, []],
    [1, 2, Infinity, null, []],
    [0, 3, 1, 0, [1]],
  ]);
});

it('ranks several objectives by fronts; a diverged run is the worst in each', () => {
  const both = { directions: ['minimize', 'maximize'] } as const;
  const trials = trialsWith([1, 1], [1, 1], [1, 1], [1, 1]);
  const runs = [
    run(0, { values: [1, 1] }),
    run(1, { values: [2, 2] }),
    run(2, { values: [2, 1] }),
    run(3, { values: [], state: 'pruned' }),
  ];
  const confirmed = confirmationsOf(both, trials, runs);
  expect(confirmed.map(({ trial, rank }) => [trial.number, rank])).toEqual([
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(confirmed[3]?.values).toEqual([Infinity, -Infinity]);
});

it('is empty where nothing has run', () => {
  expect(confirmationsOf(MIN, trialsWith([1]), [])).toEqual([]);
});
