import type { InputDescription, TableFit } from 'assay';
import { describe, expect, it } from 'vitest';
import { TAXI_FACTS } from './taxi-facts.test.kit.js';
import { taxiNetwork } from './taxi-network.js';
import { COURSE_NETWORK, type TaxiParams } from './taxi-space.js';

const fitOf = (changes: Partial<TaxiParams>): TableFit => taxiNetwork({ ...COURSE_NETWORK, ...changes }, TAXI_FACTS);

const values = (columns: readonly number[]) => ({ kind: 'values', columns, standardization: null });
const oneHot = (column: number, size: number) => ({ kind: 'oneHot', column, size, standardization: null });

/** The 65 features of the course, from ten stored columns, in the course's order. */
const COURSE_INPUT = [values([0]), oneHot(1, 7), oneHot(2, 12), values([3, 4, 5, 6, 7]), oneHot(8, 20), oneHot(9, 20)];

function widthOf(block: InputDescription['blocks'][number]): number {
  if (block.kind === 'embedding') return block.units;
  return block.kind === 'values' ? block.columns.length : block.size;
}

/** Kernels and biases of dense layers, gamma and beta of batch norms. */
function trainable({ input, layers }: TableFit['model']): number {
  let width = input.blocks.reduce((sum, block) => sum + widthOf(block), 0);
  let total = 0;
  for (const layer of layers) {
    if (layer.kind === 'batchNorm') total += 2 * width;
    if (layer.kind !== 'dense') continue;
    total += width * layer.units + (layer.bias ? layer.units : 0);
    width = layer.units;
  }
  return total;
}

describe('the default configuration', () => {
  it("is the course's network, layer by layer", () => {
    const dense = (units: number, l1: number, l2: number) => ({ kind: 'dense', units, bias: true, l1, l2 });
    const norm = { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 };
    const rest = [{ kind: 'activation', activation: 'relu' }, norm, { kind: 'dropout', rate: 0.1 }];
    const { model, training } = fitOf({});
    expect(model).toEqual({
      input: { width: 10, blocks: COURSE_INPUT },
      layers: [
        norm,
        ...[dense(100, 0.01, 0.005), ...rest],
        ...[dense(50, 0.01, 0.005), ...rest],
        ...[dense(10, 0, 0), ...rest],
        dense(1, 0, 0),
      ],
      label: { kind: 'linear', mean: 0, deviation: 1 },
    });
    expect(training).toMatchObject({
      loss: { kind: 'mse' },
      schedule: { kind: 'constant', rate: 0.001 },
      batchSize: 256,
    });
    expect(training.optimizer).toEqual({ kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
  });

  it('has 12,621 trainable parameters', () => {
    // 2·65 + (65·100 + 100) + 2·100 + (100·50 + 50) + 2·50 + (50·10 + 10) + 2·10 + (10 + 1)
    expect(trainable(fitOf({}).model)).toBe(12_621);
  });
});

describe('features that are switched off', () => {
  it.each([
    { off: 'passengers', seen: [1, 2, [3, 4, 5, 6, 7], 8, 9] },
    { off: 'calendar', seen: [[0, 3, 4, 5, 6, 7], 8, 9] },
    { off: 'clock', seen: [[0], 1, 2, [6, 7], 8, 9] },
    { off: 'districts', seen: [[0], 1, 2, [3, 4, 5, 6, 7]] },
  ] as const)('$off', ({ off, seen }) => {
    const { input } = fitOf({ features: { ...COURSE_NETWORK.features, [off]: false } }).model;
    expect(input.width).toBe(10);
    expect(input.blocks.map((block) => (block.kind === 'values' ? block.columns : block.column))).toEqual(seen);
  });

  it('all of them: the two distances stay', () => {
    const features = { passengers: false, calendar: false, clock: false, districts: false };
    expect(fitOf({ features }).model.input.blocks).toEqual([values([6, 7])]);
    expect(TAXI_FACTS.features.slice(6, 8).map(({ name }) => name)).toEqual(['haversine', 'manhattan']);
  });
});

describe('input', () => {
  it('plain: the columns as they are', () => {
    const { model } = fitOf({ input: 'plain' });
    expect(model.input.blocks).toEqual(COURSE_INPUT);
    expect(model.layers[0]?.kind).toBe('dense');
  });

  it("standardized: by the training rows' statistics of the columns that stay", () => {
    const features = { ...COURSE_NETWORK.features, clock: false, districts: false };
    const { input, layers } = fitOf({ input: 'standardized', features }).model;
    // Half of the rows are in a category's first value: mean and deviation 1/2. The others are in none, and only centred.
    const first = { mean: [0.5, 0, 0, 0, 0, 0, 0], deviation: [0.5, 1, 1, 1, 1, 1, 1] };
    expect(input.blocks[1]).toEqual({ kind: 'oneHot', column: 1, size: 7, standardization: first });
    // Column 0 has the deviation 0: it never changes, and is only centred.
    expect(input.blocks[0]).toMatchObject({ columns: [0], standardization: { mean: [0], deviation: [1] } });
    expect(input.blocks[3]).toMatchObject({ columns: [6, 7], standardization: { mean: [6, 7], deviation: [6, 7] } });
    expect(layers[0]?.kind).toBe('dense');
  });
});

describe('training', () => {
  // Shards of 1000, 1000 and 500 rows in batches of 256: 4 + 4 + 2 = 10 steps a pass, 200 in all.
  it.each([
    { schedule: 'constant', passes: 20, expected: { kind: 'constant', rate: 0.001 } },
    { schedule: 'cosine', passes: 20, expected: { kind: 'cosine', rate: 0.001, steps: 200, floor: 0 } },
    { schedule: 'step', passes: 21, expected: { kind: 'step', rate: 0.001, every: 70, factor: 1 / 3 } },
    { schedule: 'step', passes: 20, expected: { kind: 'step', rate: 0.001, every: 67, factor: 1 / 3 } },
  ] as const)('$schedule over $passes passes', ({ schedule, passes, expected }) => {
    expect(fitOf({ schedule, passes }).training.schedule).toEqual(expected);
  });

  it.each([
    { loss: 'mse', expected: { kind: 'mse' } },
    { loss: 'mae', expected: { kind: 'mae' } },
    { loss: 'huber', expected: { kind: 'huber', delta: 1 } },
  ] as const)('loss $loss', ({ loss, expected }) => {
    expect(fitOf({ loss }).training.loss).toEqual(expected);
  });

  it.each([
    { optimizer: { kind: 'adamw', weightDecay: 0.02 }, expected: { kind: 'adamw', weightDecay: 0.02, beta1: 0.9 } },
    { optimizer: { kind: 'rmsprop', rho: 0.85 }, expected: { kind: 'rmsprop', rho: 0.85, epsilon: 1e-7 } },
  ] as const)('optimizer $optimizer.kind', ({ optimizer, expected }) => {
    expect(fitOf({ optimizer }).training.optimizer).toMatchObject(expected);
  });

  it('takes passes, patience and batch size as they are', () => {
    const fit = fitOf({ passes: 33, patience: 7, batchSize: 1024 });
    expect(fit).toMatchObject({ passes: 33, patiencePasses: 7, epochsPerShard: 1, training: { batchSize: 1024 } });
  });
});

it.each([
  { units: [30, 20, 10], penalized: [true, true, false, false] },
  { units: [30, 20], penalized: [true, false, false] },
  { units: [30], penalized: [true, false] },
])('penalizes all hidden layers but the last, or the only one: $units', ({ units, penalized }) => {
  const kernels = (penalty: TaxiParams['penalty']) =>
    fitOf({ units, penalty }).model.layers.flatMap((layer) => (layer.kind === 'dense' ? [layer.l1 + layer.l2] : []));
  expect(kernels({ kind: 'kernel', l1: 0.25, l2: 0.5 })).toEqual(penalized.map((on) => (on ? 0.75 : 0)));
  expect(kernels({ kind: 'none' })).toEqual(penalized.map(() => 0));
});
