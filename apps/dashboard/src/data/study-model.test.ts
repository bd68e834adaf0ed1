import { bestTrials, type StudyRecord } from '@assay/study';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aSnapshot } from '../testing/scenes.test.kit.js';
import { aFailedTrial, aRunningTrial, aStudy, aTrial } from '../testing/trials.test.kit.js';
import { StudyModel } from './study-model.js';

const model = (directions: readonly ('minimize' | 'maximize')[]): StudyModel => {
  const made = new StudyModel({ mode: 'live', facts: [], goal: null, deadlineMs: null, now: () => 0 });
  made.study = aStudy({ directions, metrics: [] });
  return made;
};

/** Few different values, so that trials are often as good as others. */
const anyTrials = fc
  .array(
    fc.record({
      values: fc.tuple(fc.nat(4), fc.nat(4)),
      constraint: fc.constantFrom(-1, 0, 1),
      isComplete: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all.map(({ values, constraint, isComplete }, number) =>
      isComplete ? aTrial(number, { values, constraints: [constraint] }) : aFailedTrial(number),
    ),
  );

it.each([1, 2])('finds the same best of %i objectives trial by trial, in any order, as all at once', (count) => {
  const directions = (['minimize', 'maximize'] as const).slice(0, count);
  fc.assert(
    fc.property(anyTrials, fc.infiniteStream(fc.nat()), (trials, order) => {
      const study = model(directions);
      const shuffled = trials.map((trial) => ({ trial, at: order.next().value! })).sort((a, b) => a.at - b.at);
      for (const { trial } of shuffled) {
        study.put(trial);
        study.snapshot();
      }
      expect(study.snapshot().best).toEqual(bestTrials(trials, directions));
    }),
  );
});

it('keeps the same array while no other trial ends', () => {
  const study = model(['minimize']);
  study.put(aTrial(0));
  const { best } = study.snapshot();
  study.put(aRunningTrial(1));
  expect(study.snapshot().best).toBe(best);
});

it.each([
  { directions: ['minimize'] as const, said: 'complete 1, 2, the best so far' },
  { directions: ['minimize', 'minimize'] as const, said: 'complete 1, 2, on the front' },
])('says of $directions.length objectives: $said', ({ directions, said }) => {
  const study = model(directions);
  study.put(aRunningTrial(0));
  study.put(aTrial(0, { values: [1, 2] }), true);
  expect(study.snapshot().log.at(-1)?.text).toBe(said);
});

it('marks none of the runs that confirm another study’s trials', () => {
  const study = aStudy();
  const definition = { ...study.definition!, confirms: 'rides' };
  const best = (of: StudyRecord): number => aSnapshot({ study: of, trials: [aTrial(0), aTrial(1)] }).best.length;
  expect([best(study), best({ ...study, definition })]).toEqual([1, 0]);
});
