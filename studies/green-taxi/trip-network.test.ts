import { expect, it } from 'vitest';
import { TRIP_FACTS } from './trip-facts.test.kit.js';
import { tripNetwork } from './trip-network.js';
import { COURSE_FEATURES, type TripParams } from './trip-space.js';

const fitOf = (changes: Partial<TripParams>) => tripNetwork({ ...COURSE_FEATURES, ...changes }, TRIP_FACTS);

const DISTANCE = { kind: 'values', columns: [0, 1], standardization: { mean: [3, 1], deviation: [2, 2] } };
const oneHot = (column: number, size: number) => ({ kind: 'oneHot', column, size, standardization: null });
const embedding = (column: number, size: number, units: number) => ({ kind: 'embedding', column, size, units });

it.each([
  { sees: "the course's columns", changes: {}, blocks: [DISTANCE, oneHot(3, 3), oneHot(4, 4)] },
  {
    sees: 'zones as embeddings',
    changes: { zones: { kind: 'embedding', units: 8 } },
    blocks: [DISTANCE, embedding(3, 3, 8), embedding(4, 4, 8)],
  },
  {
    sees: 'routes',
    changes: { routes: { kind: 'embedding', units: 4 } },
    blocks: [DISTANCE, oneHot(3, 3), oneHot(4, 4), embedding(5, 2, 4)],
  },
  {
    sees: 'the clock and the type of trip',
    changes: { clock: true, tripType: true },
    blocks: [DISTANCE, oneHot(3, 3), oneHot(4, 4), oneHot(6, 24), oneHot(7, 7), embedding(2, 2, 2)],
  },
] as const)('the network sees $sees', ({ changes, blocks }) => {
  expect(fitOf(changes).model.input).toEqual({ width: 8, blocks });
});

it('learns durations in their standard deviations, with hidden layers as they are asked for', () => {
  const { model } = fitOf({ units: [96, 32], dropout: 0.1, activation: 'gelu' });
  expect(model.label).toEqual({ kind: 'linear', mean: 17, deviation: 11 });
  expect(fitOf({ output: 'softplus' }).model.label).toEqual({ kind: 'softplus', deviation: 11 });
  expect(model.layers).toEqual([
    { kind: 'dense', units: 96, bias: true, l1: 0, l2: 0 },
    { kind: 'activation', activation: 'gelu' },
    { kind: 'dropout', rate: 0.1 },
    { kind: 'dense', units: 32, bias: true, l1: 0, l2: 0 },
    { kind: 'activation', activation: 'gelu' },
    { kind: 'dropout', rate: 0.1 },
    { kind: 'dense', units: 1, bias: true, l1: 0, l2: 0 },
  ]);
});

it.each([
  { changes: { loss: { kind: 'mse' } }, training: { loss: { kind: 'mse' } } },
  { changes: { loss: { kind: 'huber', delta: 0.5 } }, training: { loss: { kind: 'huber', delta: 0.5 } } },
  {
    changes: { optimizer: { kind: 'adamw', weightDecay: 0.02 } },
    training: { optimizer: { kind: 'adamw', weightDecay: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } },
  },
  // Shards of 1000, 1000 and 500 rows in batches of 256: 4 + 4 + 2 = 10 steps a pass.
  {
    changes: { schedule: 'cosine', passes: 7, batchSize: 256 },
    training: { schedule: { kind: 'cosine', rate: 0.001, steps: 70, floor: 0 } },
  },
  { changes: { schedule: 'constant' }, training: { schedule: { kind: 'constant', rate: 0.001 } } },
] as const)('trains with $changes', ({ changes, training }) => {
  expect(fitOf(changes).training).toMatchObject(training);
});

it('takes passes, patience and batch size as they are', () => {
  const fit = fitOf({ passes: 9, patience: 5, batchSize: 1024 });
  expect(fit).toMatchObject({ passes: 9, patiencePasses: 5, epochsPerShard: 1, training: { batchSize: 1024 } });
});
