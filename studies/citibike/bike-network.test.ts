import { expect, it } from 'vitest';
import { BIKE_FACTS } from './bike-facts.test.kit.js';
import { bikeNetwork } from './bike-network.js';
import { type BikeParams, BLOG_NETWORK } from './bike-space.js';

const fitOf = (changes: Partial<BikeParams>) => bikeNetwork({ ...BLOG_NETWORK, ...changes }, BIKE_FACTS);

const values = (columns: readonly number[], mean: readonly number[]) => ({
  kind: 'values',
  columns,
  standardization: { mean, deviation: columns.map(() => 2) },
});
const oneHot = (column: number, size: number) => ({ kind: 'oneHot', column, size, standardization: null });
const embedding = (column: number, size: number, units: number) => ({ kind: 'embedding', column, size, units });
const RIDER = [oneHot(2, 3), oneHot(3, 2)];

it.each([
  {
    sees: "the blog's columns",
    changes: {},
    blocks: [values([0], [6]), ...RIDER, oneHot(4, 5), oneHot(5, 6)],
  },
  {
    sees: 'stations as embeddings',
    changes: { stations: { kind: 'embedding', units: 4 } },
    blocks: [values([0], [6]), ...RIDER, embedding(4, 5, 4), embedding(5, 6, 4)],
  },
  {
    sees: 'places instead of stations',
    changes: { stations: { kind: 'none' }, places: true },
    blocks: [values([0, 1, 6, 7, 8, 9], [6, 1, 41, -74, 41, -74]), ...RIDER],
  },
  {
    sees: 'when the trip was',
    changes: { stations: { kind: 'none' }, clock: true, trend: true },
    blocks: [values([0, 12], [6, 500]), ...RIDER, oneHot(10, 24), oneHot(11, 7)],
  },
] as const)('the network sees $sees', ({ changes, blocks }) => {
  expect(fitOf(changes).model.input).toEqual({ width: 13, blocks });
});

it('learns birth years in their standard deviations, with hidden layers as they are asked for', () => {
  const { model } = fitOf({ units: [48], dropout: 0.2, activation: 'elu' });
  expect(model.label).toEqual({ kind: 'linear', mean: 1979, deviation: 10 });
  expect(model.layers).toEqual([
    { kind: 'dense', units: 48, bias: true, l1: 0, l2: 0 },
    { kind: 'activation', activation: 'elu' },
    { kind: 'dropout', rate: 0.2 },
    { kind: 'dense', units: 1, bias: true, l1: 0, l2: 0 },
  ]);
});

it.each([
  { changes: { loss: { kind: 'mae' } }, training: { loss: { kind: 'mae' } } },
  { changes: { loss: { kind: 'huber', delta: 0.2 } }, training: { loss: { kind: 'huber', delta: 0.2 } } },
  {
    changes: { optimizer: { kind: 'adamw', weightDecay: 0.1 } },
    training: { optimizer: { kind: 'adamw', weightDecay: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } },
  },
  // Shards of 1000, 1000 and 500 rows in batches of 512: 2 + 2 + 1 = 5 steps a pass.
  {
    changes: { schedule: 'cosine', passes: 4, batchSize: 512 },
    training: { schedule: { kind: 'cosine', rate: 0.001, steps: 20, floor: 0 } },
  },
  { changes: { schedule: 'constant' }, training: { schedule: { kind: 'constant', rate: 0.001 } } },
] as const)('trains with $changes', ({ changes, training }) => {
  expect(fitOf(changes).training).toMatchObject(training);
});

it('takes passes, patience and batch size as they are', () => {
  const fit = fitOf({ passes: 3, patience: 1, batchSize: 4096 });
  expect(fit).toMatchObject({ passes: 3, patiencePasses: 1, epochsPerShard: 1, training: { batchSize: 4096 } });
});
