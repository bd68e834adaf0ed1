import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Dataset,
  loadShared,
  openDataset,
  openShared,
  prepareTable,
  taxifareRecipe,
  writeTaxiRides,
} from '@assay/preprocessing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneHotStandardization, shardedData, standardizationOf } from './dataset-source.js';
import { describeNetwork } from './describe-network.js';
import { fitIncremental } from './fit-incremental.js';
import { onnxEngine } from './onnx/onnx-engine.js';
import { trainingOf } from './testing/cases.js';
import { OPTIMIZER_DEFAULTS } from './training-description.js';

let folder = '';
let onDisk: Dataset;
let inMemory: Dataset;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-training-'));
  const [train, validation] = [join(folder, 'train.csv'), join(folder, 'validation.csv')];
  await writeTaxiRides(train, { rows: 3000, seed: 1 });
  await writeTaxiRides(validation, { rows: 1000, seed: 2 });
  const { dir } = await prepareTable({ recipe: taxifareRecipe(), train, validation, outDir: folder, shardRows: 500 });
  onDisk = await openDataset(dir);
  inMemory = openShared(await loadShared(dir, ['train', 'validation']));
});

afterAll(() => rm(folder, { recursive: true }));

describe('a prepared dataset', () => {
  it('gives its training and validation shards as they are', async () => {
    const data = shardedData(onDisk);
    const { train, validation } = onDisk.manifest.splits;
    expect(data.shardCount).toBe(train.shards.length);
    expect(await data.readShard(1)).toEqual(await onDisk.readShard('train', 1));
    expect(data.validation.shardCount).toBe(validation.shards.length);
    expect(await data.validation.readShard(1)).toEqual(await onDisk.readShard('validation', 1));
  });

  it('refuses a split without rows', () => {
    const { splits } = onDisk.manifest;
    const empty = {
      ...onDisk,
      manifest: { ...onDisk.manifest, splits: { ...splits, validation: { rows: 0, shards: [] } } },
    };
    expect(() => shardedData(empty)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });

  it('trains to well under the error of the mean, with the same bits from disk and from shared memory', async () => {
    const { features, featureStatistics } = onDisk.manifest;
    const columns = features.flatMap(({ categories }, column) => (categories === null ? [column] : []));
    const standardization = standardizationOf(featureStatistics, columns);
    const model = describeNetwork({
      input: { width: features.length, blocks: [{ kind: 'values', columns, standardization }] },
      inputNorm: false,
      hidden: [{ units: 16, dropout: 0, l1: 0, l2: 0 }],
      activation: 'relu',
      batchNorm: 'before',
    });
    const training = trainingOf({
      optimizer: OPTIMIZER_DEFAULTS.adam,
      batchSize: 64,
      schedule: { kind: 'constant', rate: 0.01 },
    });
    const plan = { seed: 1, passes: 4, epochsPerShard: 1, patience: null, keep: 'best' } as const;
    const fit = async (dataset: Dataset) =>
      fitIncremental({ engine: onnxEngine(), model, training, plan, data: shardedData(dataset) });
    const result = await fit(onDisk);
    const labels: number[] = [];
    for (const index of onDisk.manifest.splits.validation.shards.keys()) {
      labels.push(...(await onDisk.readShard('validation', index)).y);
    }
    const mean = onDisk.manifest.label.mean;
    const meanError = labels.reduce((sum, label) => sum + Math.abs(label - mean), 0) / labels.length;
    expect(result.best!.value).toBeLessThan(0.6 * meanError);
    expect({ ...(await fit(inMemory)), seconds: 0 }).toEqual({ ...result, seconds: 0 });
  });
});

it('standardizes the columns in use, and leaves the scale of one that never changes', () => {
  const statistics = [
    { kind: 'number', mean: 1, std: 2, min: 0, max: 9 },
    { kind: 'category', counts: [1, 2], none: 0 },
    { kind: 'number', mean: 7, std: 0, min: 7, max: 7 },
  ] as const;
  expect(standardizationOf(statistics, [0, 2])).toEqual({ mean: [1, 7], deviation: [2, 1] });
  expect(() => standardizationOf(statistics, [1])).toThrow(expect.objectContaining({ code: 'BAD_MODEL' }));
});

it('standardizes a one-hot block by the counts of its categories', () => {
  // Shares 1/4, 1/2 and 0 of 8 rows, two of them of no category.
  expect(oneHotStandardization([2, 4, 0], 8)).toEqual({
    mean: [0.25, 0.5, 0],
    deviation: [Math.sqrt(0.1875), 0.5, 1],
  });
});
