import type { Manifest } from '@assay/preprocessing';
import { checkModel, checkTraining, inputWidth } from '@assay/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableFacts } from './table-study.js';
import { type TabularParams, tabularClassifier, tabularNetwork } from './tabular-network.js';

const { space, defaults, fit } = tabularNetwork();

const number = { kind: 'number', mean: 3, std: 2, min: 0, max: 9 } as const;
const zones = Array.from({ length: 40 }, (_, zone) => String(zone));

/** Two numbers, a weekday and 40 zones. */
const FACTS: TableFacts = {
  features: [
    { name: 'distance', categories: null },
    { name: 'weekday', categories: ['mon', 'tue', 'wed'] },
    { name: 'zone', categories: zones },
    { name: 'price', categories: null },
  ],
  groups: [{ name: 'all', start: 0, end: 4 }],
  featureStatistics: [
    number,
    { kind: 'category', counts: [1, 1, 1], none: 0 },
    { kind: 'category', counts: zones.map(() => 1), none: 0 },
    { ...number, mean: 5, std: 0 },
  ],
  label: { name: 'fare', mean: 11, std: 4, min: 0, max: 60 } as Manifest['label'],
  shardRows: [1000, 500],
};

const optimizer = fc.oneof(
  fc.constant({ kind: 'adam' } as const),
  fc.double({ min: 1e-5, max: 0.1, noNaN: true }).map((weightDecay) => ({ kind: 'adamw', weightDecay }) as const),
);

const anyParams: fc.Arbitrary<TabularParams> = fc.integer({ min: 1, max: 3 }).chain((layers) =>
  fc.record({
    layers: fc.constant(layers),
    units: fc.array(fc.integer({ min: 16, max: 256 }), { minLength: layers, maxLength: layers }),
    activation: fc.constantFrom('relu', 'gelu', 'selu'),
    batchNorm: fc.constantFrom('none', 'before'),
    dropout: fc.double({ min: 0, max: 0.4, noNaN: true }),
    embedding: fc.constantFrom(4, 8, 16, 32),
    loss: fc.constantFrom('mse', 'huber', 'mae'),
    optimizer,
    learningRate: fc.double({ min: 3e-4, max: 1e-2, noNaN: true }),
    schedule: fc.constantFrom('constant', 'cosine'),
    batchSize: fc.constantFrom(128, 256, 512, 1024),
    passes: fc.integer({ min: 10, max: 40 }),
  }),
);

describe('the network of a table', () => {
  it('sees numbers standardized, few categories one-hot, many embedded', () => {
    expect(fit({ ...defaults, embedding: 8 }, FACTS).model.input).toEqual({
      width: 4,
      blocks: [
        { kind: 'values', columns: [0, 3], standardization: { mean: [3, 5], deviation: [2, 1] } },
        { kind: 'oneHot', column: 1, size: 3, standardization: null },
        { kind: 'embedding', column: 2, size: 40, units: 8 },
      ],
    });
  });

  it('does not see a category none of whose values was frequent enough', () => {
    const features = FACTS.features.map((feature) =>
      feature.name === 'zone' ? { ...feature, categories: [] } : feature,
    );
    const { blocks } = fit(defaults, { ...FACTS, features }).model.input;
    expect(blocks.map(({ kind }) => kind)).toEqual(['values', 'oneHot']);
  });

  it('learns the label in its deviations', () => {
    expect(fit(defaults, FACTS).model.label).toEqual({ kind: 'linear', mean: 11, deviation: 4 });
  });

  it.each([
    { classes: 2, label: { kind: 'binary' }, outputs: 1 },
    { classes: 5, label: { kind: 'classes', size: 5 }, outputs: 5 },
  ])('tells $classes classes apart', ({ classes, label, outputs }) => {
    const classifier = tabularClassifier(classes);
    const { model, training } = classifier.fit(classifier.defaults, FACTS);
    expect(model.label).toEqual(label);
    expect(model.layers.at(-1)).toMatchObject({ kind: 'dense', units: outputs });
    expect({ loss: training.loss, metric: classifier.metric }).toEqual({
      loss: { kind: 'crossEntropy' },
      metric: 'logLoss',
    });
    checkModel(model);
    checkTraining(training);
  });

  it('lets the cosine end with the last step', () => {
    // 1000 and 500 rows in batches of 256: 4 + 2 steps a pass.
    const { training, passes } = fit({ ...defaults, batchSize: 256, schedule: 'cosine' }, FACTS);
    expect(training.schedule).toMatchObject({ kind: 'cosine', steps: 6 * passes });
  });

  it.each([
    { table: 'of a few columns', shardRows: [1000, 500], columns: 4, mixed: 8 },
    { table: 'of 327 columns, a shard of which is 10 MB', shardRows: [8192, 8191], columns: 327, mixed: 6 },
    { table: 'of 10,000 columns, a shard of which is too much already', shardRows: [8192], columns: 10_000, mixed: 1 },
  ])('mixes as many shards as memory holds, of a table $table', ({ shardRows, columns, mixed }) => {
    const features = Array.from({ length: columns }, (_, column) => ({ name: `${column}`, categories: null }));
    const facts = { ...FACTS, features, featureStatistics: features.map(() => number), shardRows };
    expect(fit(defaults, facts).mixedShards).toBe(mixed);
  });

  it('can be built and trained for every point of its space', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        expect(space.decode(space.encode(params))).toEqual(params);
        const { model, training } = fit(params, FACTS);
        checkModel(model);
        checkTraining(training);
        // Two numbers, three weekdays, and a zone in 4 columns at least and 20, half of the zones, at most.
        expect(inputWidth(model)).toBe(5 + Math.min(params.embedding, 20));
      }),
      { numRuns: 50 },
    );
  });
});
