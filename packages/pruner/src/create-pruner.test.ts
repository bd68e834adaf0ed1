import { describe, expect, expectTypeOf, it } from 'vitest';
import { createPruner } from './create-pruner.js';
import { curve } from './curves.test.kit.js';
import { hyperbandPruner } from './hyperband-pruner.js';
import { medianPruner } from './median-pruner.js';
import { nopPruner } from './nop-pruner.js';
import { patientPruner } from './patient-pruner.js';
import { percentilePruner } from './percentile-pruner.js';
import type { Json, PrunerSettings } from './pruner.js';
import { PRUNER_NAMES } from './pruner-kinds.js';
import { successiveHalvingPruner } from './successive-halving-pruner.js';
import { thresholdPruner } from './threshold-pruner.js';
import { wilcoxonPruner } from './wilcoxon-pruner.js';

const comparison = { startupTrials: 5, warmupSteps: 0, intervalSteps: 1, minTrials: 1 };
const asha = { name: 'asha', minResource: 'auto', reductionFactor: 4, minEarlyStoppingRate: 0, bootstrapCount: 0 };
const hyperband = { name: 'hyperband', minResource: 1, maxResource: 'auto', reductionFactor: 3, bootstrapCount: 0 };
const threshold = { name: 'threshold', lower: null, upper: null, warmupSteps: 0, intervalSteps: 1 };

const READABLE = [
  { text: 'none', settings: { name: 'none' } },
  { text: 'median', settings: { name: 'median', ...comparison } },
  {
    text: ' median : startup = 2 , warmup=10 ',
    settings: { name: 'median', ...comparison, startupTrials: 2, warmupSteps: 10 },
  },
  { text: 'median:interval=3,trials=4', settings: { name: 'median', ...comparison, intervalSteps: 3, minTrials: 4 } },
  { text: 'percentile:25', settings: { name: 'percentile', percentile: 25, ...comparison } },
  {
    text: 'percentile:12.5,startup=1',
    settings: { name: 'percentile', percentile: 12.5, ...comparison, startupTrials: 1 },
  },
  { text: 'percentile:percentile=25', settings: { name: 'percentile', percentile: 25, ...comparison } },
  { text: 'asha', settings: asha },
  { text: 'asha:eta=3,min=1', settings: { ...asha, reductionFactor: 3, minResource: 1 } },
  { text: 'asha:reductionFactor=3,min=auto', settings: { ...asha, reductionFactor: 3 } },
  {
    text: 'asha:min=2,rate=1,bootstrap=5',
    settings: { ...asha, minResource: 2, minEarlyStoppingRate: 1, bootstrapCount: 5 },
  },
  { text: 'hyperband', settings: hyperband },
  { text: 'hyperband:min=1,max=27,eta=3', settings: { ...hyperband, maxResource: 27 } },
  { text: 'threshold:upper=10', settings: { ...threshold, upper: 10 } },
  { text: 'threshold:lower=-1e-3,upper=+.5', settings: { ...threshold, lower: -0.001, upper: 0.5 } },
  { text: 'wilcoxon', settings: { name: 'wilcoxon', pThreshold: 0.1, startupSteps: 2 } },
  { text: 'wilcoxon:p=0.05,startup=5', settings: { name: 'wilcoxon', pThreshold: 0.05, startupSteps: 5 } },
  { text: 'patient:3', settings: { name: 'patient', patience: 3, minDelta: 0, wrapped: null } },
  { text: 'patient:3,delta=0.1', settings: { name: 'patient', patience: 3, minDelta: 0.1, wrapped: null } },
  {
    text: 'patient:3,wrapped=median:startup=1,warmup=2',
    settings: {
      name: 'patient',
      patience: 3,
      minDelta: 0,
      wrapped: { name: 'median', ...comparison, startupTrials: 1, warmupSteps: 2 },
    },
  },
  {
    text: 'patient:1,wrapped=patient:patience=2,wrapped=asha',
    settings: {
      name: 'patient',
      patience: 1,
      minDelta: 0,
      wrapped: { name: 'patient', patience: 2, minDelta: 0, wrapped: asha },
    },
  },
];

describe('createPruner', () => {
  it.each(READABLE)('reads "$text"', ({ text, settings }) => {
    const pruner = createPruner(text);
    expect(pruner.settings).toEqual(settings);
    expect(pruner.name).toBe(settings.name);
  });

  it.each(READABLE)('makes the same pruner from the stored settings of "$text"', ({ text }) => {
    const { settings } = createPruner(text);
    expect(createPruner(JSON.parse(JSON.stringify(settings))).settings).toEqual(settings);
  });

  it('is tried with every name', () => {
    expect(new Set(READABLE.map(({ settings }) => settings.name))).toEqual(new Set(PRUNER_NAMES));
  });

  it.each([
    {
      text: 'medain',
      code: 'UNKNOWN_PRUNER',
      message:
        'No pruner is called "medain"; allowed: none, median, percentile, asha, hyperband, threshold, patient, wilcoxon',
    },
    { text: '', code: 'UNKNOWN_PRUNER', message: 'No pruner is called ""' },
    {
      text: 'asha:max=3',
      code: 'UNKNOWN_OPTION',
      message:
        'Pruner asha has no option "max"; allowed: minResource (min), reductionFactor (eta), minEarlyStoppingRate (rate), bootstrapCount (bootstrap)',
    },
    { text: 'none:1', code: 'BAD_SYNTAX', message: 'Pruner none: expected option=value, got "1"' },
    { text: 'none:a=1', code: 'UNKNOWN_OPTION', message: 'Pruner none has no option "a"; it takes no options' },
    { text: 'median:', code: 'BAD_SYNTAX', message: 'Pruner median: expected option=value, got ""' },
    { text: 'median:warmup=1,', code: 'BAD_SYNTAX', message: 'expected option=value, got ""' },
    { text: 'median:3', code: 'BAD_SYNTAX', message: 'Pruner median: expected option=value, got "3"' },
    { text: 'median:warmup=1,warmupSteps=2', code: 'BAD_SYNTAX', message: 'warmupSteps is given twice' },
    {
      text: 'median:warmup=ten',
      code: 'BAD_OPTION',
      message: 'Pruner median: warmupSteps (warmup) must be a whole number of at least 0, got "ten"',
    },
    { text: 'median:warmup=', code: 'BAD_OPTION', message: 'got ""' },
    {
      text: 'percentile',
      code: 'BAD_OPTION',
      message: 'Pruner percentile: percentile must be a number from 0 to 100, got nothing',
    },
    { text: 'percentile:25,30', code: 'BAD_SYNTAX', message: 'percentile is given twice' },
    {
      text: 'patient',
      code: 'BAD_OPTION',
      message: 'Pruner patient: patience must be a whole number of at least 0, got nothing',
    },
    { text: 'patient:3,wrapped=', code: 'UNKNOWN_PRUNER', message: 'No pruner is called ""' },
    { text: 'patient:3,wrapped=median:eta=2', code: 'UNKNOWN_OPTION', message: 'Pruner median has no option "eta"' },
    { text: 'threshold', code: 'BAD_OPTION', message: 'Pruner threshold needs lower, upper or both, got neither' },
  ])('refuses "$text" with $code', ({ text, code, message }) => {
    expect(() => createPruner(text)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it.each<{ description: unknown; code: string }>([
    { description: {}, code: 'UNKNOWN_PRUNER' },
    { description: { name: 3 }, code: 'UNKNOWN_PRUNER' },
    { description: { name: 'toString' }, code: 'UNKNOWN_PRUNER' },
    { description: [], code: 'BAD_SYNTAX' },
    { description: null, code: 'BAD_SYNTAX' },
    { description: { name: 'none', warmupSteps: 1 }, code: 'UNKNOWN_OPTION' },
    { description: { name: 'median', warmup: 1 }, code: 'UNKNOWN_OPTION' },
    { description: { name: 'median', toString: 1 }, code: 'UNKNOWN_OPTION' },
    { description: { name: 'asha', reductionFactor: '3' }, code: 'BAD_OPTION' },
    { description: { name: 'patient', patience: 1, wrapped: 3 }, code: 'BAD_SYNTAX' },
  ])('refuses the description $description with $code', ({ description, code }) => {
    expect(() => createPruner(description as never)).toThrow(expect.objectContaining({ name: 'PrunerError', code }));
  });
});

describe('options out of range', () => {
  it.each([
    { name: 'percentile above 100', make: () => percentilePruner({ percentile: 101 }) },
    { name: 'percentile below 0', make: () => percentilePruner({ percentile: -1 }) },
    { name: 'percentile NaN', make: () => percentilePruner({ percentile: Number.NaN }) },
    { name: 'negative startup', make: () => medianPruner({ startupTrials: -1 }) },
    { name: 'fractional warm-up', make: () => medianPruner({ warmupSteps: 0.5 }) },
    { name: 'interval 0', make: () => medianPruner({ intervalSteps: 0 }) },
    { name: 'minTrials 0', make: () => medianPruner({ minTrials: 0 }) },
    { name: 'a number instead of options', make: () => percentilePruner(25 as never) },
    { name: 'eta 1', make: () => successiveHalvingPruner({ reductionFactor: 1 }) },
    { name: 'minResource 0', make: () => successiveHalvingPruner({ minResource: 0 }) },
    { name: 'another word than auto', make: () => successiveHalvingPruner({ minResource: 'none' as never }) },
    { name: 'negative rate', make: () => successiveHalvingPruner({ minEarlyStoppingRate: -1 }) },
    { name: 'bootstrap with auto', make: () => successiveHalvingPruner({ bootstrapCount: 1 }) },
    { name: 'hyperband bootstrap with auto', make: () => hyperbandPruner({ bootstrapCount: 1 }) },
    { name: 'hyperband min auto', make: () => hyperbandPruner({ minResource: 'auto' as never }) },
    { name: 'hyperband max below min', make: () => hyperbandPruner({ minResource: 10, maxResource: 9 }) },
    { name: 'no bound', make: () => thresholdPruner({}) },
    { name: 'crossed bounds', make: () => thresholdPruner({ lower: 2, upper: 1 }) },
    { name: 'NaN bound', make: () => thresholdPruner({ upper: Number.NaN }) },
    { name: 'infinite bound', make: () => thresholdPruner({ upper: Infinity }) },
    { name: 'negative patience', make: () => patientPruner(null, { patience: -1 }) },
    { name: 'p above 1', make: () => wilcoxonPruner({ pThreshold: 1.1 }) },
    { name: 'negative p', make: () => wilcoxonPruner({ pThreshold: -0.1 }) },
    { name: 'negative startup steps', make: () => wilcoxonPruner({ startupSteps: -1 }) },
    { name: 'negative tolerance', make: () => patientPruner(null, { patience: 1, minDelta: -0.1 }) },
  ])('$name is refused', ({ make }) => {
    expect(make).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });

  it('allows the edges', () => {
    expect(percentilePruner({ percentile: 0 }).settings.percentile).toBe(0);
    expect(percentilePruner({ percentile: 100 }).settings.percentile).toBe(100);
    expect(thresholdPruner({ lower: 1, upper: 1 }).settings.lower).toBe(1);
    expect(patientPruner(null, { patience: 0 }).settings.patience).toBe(0);
    expect(wilcoxonPruner({ pThreshold: 0, startupSteps: 0 }).settings.pThreshold).toBe(0);
    expect(successiveHalvingPruner({ reductionFactor: 2, minResource: 1 }).settings.reductionFactor).toBe(2);
    expect(hyperbandPruner({ minResource: 9, maxResource: 9 }).settings.maxResource).toBe(9);
  });
});

it('keeps every trial with no pruner', () => {
  const trial = curve([Number.NaN]);
  expect(nopPruner().decide({ studyName: 's', direction: 'minimize', trial, trials: [] })).toEqual({ prune: false });
});

it('has settings that are JSON', () => {
  expectTypeOf<PrunerSettings>().toExtend<Json>();
});
