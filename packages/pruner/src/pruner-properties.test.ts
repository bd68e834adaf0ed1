import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPruner } from './create-pruner.js';
import { curveAt } from './curves.test.kit.js';
import type { Direction, LearningCurve } from './learning-curve.js';
import { medianPruner } from './median-pruner.js';
import type { PrunerContext } from './pruner.js';
import { successiveHalvingPruner } from './successive-halving-pruner.js';
import { uniform } from './uniform.test.kit.js';

const PRUNERS = [
  'none',
  'median:startup=1',
  'percentile:30,startup=1,interval=2',
  'asha:min=1,eta=2',
  'asha:eta=2',
  'hyperband:max=9',
  'hyperband',
  'threshold:lower=-1,upper=2',
  'patient:1',
  'patient:0,wrapped=asha:min=1,eta=2',
  'wilcoxon:p=0.3',
];

const direction = fc.constantFrom<Direction>('minimize', 'maximize');
const value = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

function curves(states: readonly LearningCurve['state'][]): fc.Arbitrary<Omit<LearningCurve, 'number'>> {
  return fc.record({
    state: fc.constantFrom(...states),
    reports: fc.array(value, { maxLength: 8 }).map((values) => values.map((it, step) => ({ step, value: it }))),
    rungs: fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 2 }),
    value: fc.option(fc.integer({ min: -3, max: 3 })),
  });
}

const context: fc.Arbitrary<PrunerContext> = fc
  .record({
    studyName: fc.string(),
    direction,
    trial: curves(['running']),
    trials: fc.array(curves(['running', 'complete', 'pruned', 'failed']), { maxLength: 10 }),
  })
  .map(({ trial, trials, ...rest }) => ({
    ...rest,
    trial: { ...trial, number: trials.length },
    trials: trials.map((other, number) => ({ ...other, number })),
  }));

/** The same study seen the other way round: every value negated, the other direction. */
function mirror(given: PrunerContext): PrunerContext {
  const flip = (curve: LearningCurve): LearningCurve => ({
    ...curve,
    reports: curve.reports.map((report) => ({ ...report, value: -report.value })),
    rungs: curve.rungs.map((rung) => -rung),
    value: curve.value === null ? null : -curve.value,
  });
  return {
    ...given,
    direction: given.direction === 'minimize' ? 'maximize' : 'minimize',
    trial: flip(given.trial),
    trials: given.trials.map(flip),
  };
}

describe.each(PRUNERS)('%s', (text) => {
  const pruner = createPruner(text);

  it('decides the same for any order of the other trials', () => {
    const shuffled = context.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray([...given.trials], { minLength: given.trials.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, trials]) => {
        expect(pruner.decide({ ...given, trials })).toEqual(pruner.decide(given));
      }),
    );
  });

  it('decides the same again after other decisions, and changes nothing it was given', () => {
    fc.assert(
      fc.property(context, context, (given, other) => {
        const before = structuredClone(given);
        const decision = pruner.decide(given);
        pruner.decide(other);
        expect(createPruner(pruner.settings).decide(given)).toEqual(decision);
        expect(pruner.decide(given)).toEqual(decision);
        expect(given).toEqual(before);
      }),
    );
  });

  it('gives a one-line reason exactly when it stops, and only ever adds rungs', () => {
    fc.assert(
      fc.property(context, (given) => {
        const { prune, reason, rungs = given.trial.rungs } = pruner.decide(given);
        expect(reason !== undefined).toBe(prune);
        expect(reason ?? '').not.toContain('\n');
        expect(rungs.slice(0, given.trial.rungs.length)).toEqual(given.trial.rungs);
      }),
    );
  });
});

it.each(PRUNERS.filter((text) => !text.startsWith('threshold')))('%s maximizes as it minimizes', (text) => {
  const pruner = createPruner(text);
  fc.assert(
    fc.property(context, (given) => {
      expect(pruner.decide(mirror(given)).prune).toBe(pruner.decide(given).prune);
    }),
  );
});

it('median never stops a trial that is at least as good as all others', () => {
  const pruner = medianPruner({ startupTrials: 0 });
  fc.assert(
    fc.property(context, (given) => {
      const best = given.direction === 'minimize' ? -3 : 3;
      const step = given.trial.reports.length;
      const trial = { ...given.trial, reports: [...given.trial.reports, { step, value: best }] };
      expect(pruner.decide({ ...given, trial }).prune).toBe(false);
    }),
  );
});

it('successive halving never stops the best trial, and stops no trial that beats a promoted one', () => {
  const pruner = successiveHalvingPruner({ minResource: 1, reductionFactor: 3 });
  const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, direction, (list, toward) => {
      const trials = list.map((rung, number) => ({ ...curveAt(1, rung, { number, state: 'pruned' }), rungs: [rung] }));
      const prunes = (own: number): boolean =>
        pruner.decide({ studyName: 's', direction: toward, trial: curveAt(1, own), trials }).prune;
      const fromBest = [...list].sort((a, b) => (toward === 'minimize' ? a - b : b - a)).map(prunes);
      expect(fromBest[0]).toBe(false);
      expect(fromBest).toEqual([...fromBest].sort((a, b) => Number(a) - Number(b)));
    }),
  );
});

describe('successive halving passes about one in eta', () => {
  const trialCount = 4000;
  // The i-th of independent values has any rank among the first i with equal chance, whatever came before, and passes
  // with one of the best max(1, floor(i / eta)).
  const expected = (eta: number): number =>
    Array.from({ length: trialCount }, (_, i) => Math.max(1, Math.floor((i + 1) / eta)) / (i + 1)).reduce(
      (a, b) => a + b,
    );
  // Hoeffding, for a sum of independent yes-or-no draws: beyond this with probability below 1e-6.
  const bound = Math.sqrt((trialCount * Math.log(2 / 1e-6)) / 2);

  it.each([1, 2, 3])('seed %i', (seed) => {
    expect(Math.abs(promotedOf(trialCount, 4, seed) - expected(4))).toBeLessThan(bound);
    expect(Math.abs(promotedOf(trialCount, 3, seed) - expected(4)), 'eta 3 is told apart').toBeGreaterThan(bound);
    expect(Math.abs(promotedOf(trialCount, 5, seed) - expected(4)), 'eta 5 is told apart').toBeGreaterThan(bound);
  });
});

/** How many of the trials, one after the other with independent uniform values, pass the first rung. */
function promotedOf(trialCount: number, reductionFactor: number, seed: number): number {
  const pruner = successiveHalvingPruner({ minResource: 1, reductionFactor });
  const random = uniform(seed);
  const trials: LearningCurve[] = [];
  let promoted = 0;
  for (let number = 0; number < trialCount; number += 1) {
    const trial = curveAt(1, random(), { number });
    const { prune, rungs = [] } = pruner.decide({ studyName: 's', direction: 'minimize', trial, trials });
    if (!prune) promoted += 1;
    trials.push({ ...trial, state: 'pruned', rungs });
  }
  return promoted;
}
