import type { StudyRecord } from '@assay/study';
import { describe, expect, it } from 'vitest';
import { objectivesOf } from '../data/objectives.js';
import { aRunningTrial, aStudy, aTrial } from '../testing/trials.test.kit.js';
import { constraintRows, repeatedRuns, repeatRows } from './trial-facts.js';

it('says of each constraint whether it holds, and by how much', () => {
  expect(constraintRows(aTrial(0, { constraints: [-2, 0, 0.25] }))).toEqual([
    ['constraint 1', 'holds, with 2 to spare'],
    ['constraint 2', 'holds, with 0 to spare'],
    ['constraint 3', 'violated by 0.25'],
  ]);
  expect(constraintRows(aTrial(0))).toEqual([]);
});

const study = (given: Partial<NonNullable<StudyRecord['definition']>>): StudyRecord => {
  const { definition } = aStudy();
  return aStudy({
    directions: ['minimize', 'maximize'],
    metrics: ['mae', 'speed'],
    definition: { ...definition!, ...given },
  });
};
const repeated = study({ repeats: { count: 3, aggregate: 'mean' }, pruneMetric: 'speed' });

describe('repeats', () => {
  it('are none in a study that runs each trial once', () => {
    expect(repeatedRuns(aTrial(0), study({}), objectivesOf(repeated))).toBeNull();
    expect(repeatedRuns(aTrial(0), null, objectivesOf(null))).toBeNull();
  });

  it('come from the reports while the trial runs, of the metric that is reported', () => {
    const trial = aRunningTrial(0, { reports: [4, 6].map((value, step) => ({ step, value })) });
    expect(repeatedRuns(trial, repeated, objectivesOf(repeated))).toEqual({ metrics: ['speed'], runs: [[4], [6]] });
  });

  it('come from its attributes afterwards, with all objectives', () => {
    const attributes = { repeats: [[1, 4] as const, [3, 6] as const] };
    const runs = repeatedRuns(aTrial(0, { attributes }), repeated, objectivesOf(repeated));
    expect(runs).toEqual({
      metrics: ['mae', 'speed'],
      runs: [
        [1, 4],
        [3, 6],
      ],
    });
  });

  // 1, 2 and 6: mean 3, variance (4 + 1 + 9) / 2 = 7, standard error sqrt(7 / 3) = 1.52753.
  it.each([
    {
      name: 'every run, mean and standard error',
      runs: [[1], [2], [6]],
      aggregate: 'mean' as const,
      rows: ['repeat 1: 1', 'repeat 2: 2', 'repeat 3: 6', 'mean: 3', 'standard error: 1.52753'],
    },
    {
      name: 'the median where the value is that',
      runs: [[1], [2], [6], [7]],
      aggregate: 'median' as const,
      rows: [
        'repeat 1: 1',
        'repeat 2: 2',
        'repeat 3: 6',
        'repeat 4: 7',
        'median: 4',
        'mean: 4',
        'standard error: 1.47196',
      ],
    },
    { name: 'no error of a single run', runs: [[1]], aggregate: 'mean' as const, rows: ['repeat 1: 1', 'mean: 1'] },
    { name: 'nothing before the first', runs: [], aggregate: 'mean' as const, rows: [] },
  ])('are listed: $name', ({ runs, aggregate, rows }) => {
    const listed = repeatRows({ metrics: ['mae'], runs }, aggregate);
    expect(listed.map(([name, value]) => `${name}: ${value.trim()}`)).toEqual(rows);
  });

  it('stand in columns under the names of several metrics', () => {
    const rows = repeatRows({ metrics: ['mae', 'speed'], runs: [[1, 40]] }, 'mean');
    expect(rows.slice(0, 2)).toEqual([
      ['', 'mae          speed       '],
      ['repeat 1', '1            40          '],
    ]);
  });
});
