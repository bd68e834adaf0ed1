import { describe, expect, it } from 'vitest';
import { trainingOf } from './testing/cases.js';
import { checkTraining, learningRate, OPTIMIZER_DEFAULTS, type Schedule, stepSize } from './training-description.js';
import { countSteps, visitsOf } from './visit-plan.js';

describe('learningRate', () => {
  it.each<{ name: string; schedule: Schedule; rates: number[] }>([
    { name: 'constant', schedule: { kind: 'constant', rate: 0.1 }, rates: [0.1, 0.1, 0.1, 0.1, 0.1] },
    {
      name: 'cosine to 0, and 0 afterwards',
      schedule: { kind: 'cosine', rate: 1, steps: 3, floor: 0 },
      rates: [1, 0.75, 0.25, 0, 0],
    },
    {
      name: 'cosine to a tenth',
      schedule: { kind: 'cosine', rate: 2, steps: 2, floor: 0.1 },
      rates: [2, 1.1, 0.2, 0.2, 0.2],
    },
    {
      name: 'halved every two steps',
      schedule: { kind: 'step', rate: 1, every: 2, factor: 0.5 },
      rates: [1, 1, 0.5, 0.5, 0.25],
    },
    {
      name: 'two steps of warm-up, then constant',
      schedule: { kind: 'constant', rate: 1, warmup: 2 },
      rates: [0.5, 1, 1, 1, 1],
    },
    {
      name: 'two steps of warm-up, then the whole cosine',
      schedule: { kind: 'cosine', rate: 1, steps: 2, floor: 0, warmup: 2 },
      rates: [0.5, 1, 1, 0.5, 0],
    },
    {
      name: 'four steps of warm-up, then halved every step',
      schedule: { kind: 'step', rate: 4, every: 1, factor: 0.5, warmup: 4 },
      rates: [1, 2, 3, 4, 4],
    },
    {
      name: 'a cosine that begins at the third step',
      schedule: { kind: 'cosine', rate: 1, steps: 2, floor: 0, from: 2 },
      rates: [1, 1, 1, 0.5, 0],
    },
  ])('$name', ({ schedule, rates }) => {
    rates.forEach((rate, step) => {
      expect(learningRate(schedule, step)).toBeCloseTo(rate, 12);
    });
  });

  it('adam corrects the bias of its slots: sqrt(1 - 0.999) / (1 - 0.9) at the first step', () => {
    const training = trainingOf({ optimizer: OPTIMIZER_DEFAULTS.adam, schedule: { kind: 'constant', rate: 1 } });
    expect(stepSize(training, 0)).toBeCloseTo(Math.sqrt(0.001) / 0.1, 12);
    expect(stepSize(training, 1)).toBeCloseTo(Math.sqrt(0.001999) / 0.19, 12);
  });
});

describe('checkTraining', () => {
  it.each([
    { name: 'batch size 0', training: trainingOf({ batchSize: 0 }) },
    { name: 'a negative rate', training: trainingOf({ schedule: { kind: 'constant', rate: -1 } }) },
    { name: 'momentum 1', training: trainingOf({ optimizer: { kind: 'sgd', momentum: 1, nesterov: false } }) },
    { name: 'nesterov alone', training: trainingOf({ optimizer: { kind: 'sgd', momentum: 0, nesterov: true } }) },
    { name: 'clipping to 0', training: trainingOf({ clipNorm: 0 }) },
    { name: 'huber of 0', training: trainingOf({ loss: { kind: 'huber', delta: 0 } }) },
    { name: 'half a step of warm-up', training: trainingOf({ schedule: { kind: 'constant', rate: 1, warmup: 0.5 } }) },
    {
      name: 'a cosine of no steps',
      training: trainingOf({ schedule: { kind: 'cosine', rate: 1, steps: 0, floor: 0 } }),
    },
  ])('refuses $name', ({ training }) => {
    expect(() => checkTraining(training)).toThrow(expect.objectContaining({ code: 'BAD_TRAINING' }));
  });
});

it('counts the steps of a plan: 100 rows are 4 batches of 32, 64 rows are 2', () => {
  expect(countSteps({ passes: 3, epochsPerShard: 2 }, [100, 64], 32)).toBe(36);
  expect(visitsOf({ seed: 1, passes: 3, epochsPerShard: 2 }, 2)).toHaveLength(12);
});
