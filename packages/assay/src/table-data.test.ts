import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { clip, openDataset, PreprocessingError } from '@assay/preprocessing';
import type { PrepareContext, PrepareProgress } from '@assay/study';
import { expect, it } from 'vitest';
import { lineTable, TRAIN_ROWS, temporaryFolder, VALIDATION_ROWS } from './line-table.test.kit.js';
import { datasetId, factsOf, openTableData, prepareTableData } from './table-data.js';
import { prepareContextOf } from './testing/index.js';

it('prepares rows once, and says for people what they are', async () => {
  const folder = temporaryFolder();
  const table = lineTable(folder);
  const progress: PrepareProgress[] = [];
  const first = await prepareTableData(table, prepareContextOf(folder, { onProgress: (line) => progress.push(line) }));
  const { manifest } = await openDataset(first.data.dir);
  const { train, test } = manifest.splits;
  expect(train.rows + test.rows).toBe(TRAIN_ROWS);
  expect(first.facts).toEqual({
    data: 'points of a plane',
    engine: 'onnx (as asked)',
    rows: `${train.rows} train, ${VALIDATION_ROWS} validation, ${test.rows} test`,
    dataset: datasetId(manifest),
    prepared: expect.stringMatching(/^now, by csv \(little CSV: 1\.\d MB\)$/) as string,
  });
  expect(datasetId(manifest)).toMatch(/^[0-9a-f]{12}$/);
  expect(progress.at(-1)).toMatchObject({ done: progress.at(-1)?.total });
  expect(progress.at(-1)?.detail).toMatch(/^20,500 rows, [\d,]+ rows\/s, \d+ MB$/);

  const second = await prepareTableData(table, prepareContextOf(folder));
  expect(second.facts).toEqual({ ...first.facts, prepared: 'found in cache' });
  expect(second.data.dir).toBe(first.data.dir);
});

it('says how many files are as they were when their rows were prepared before', async () => {
  const folder = temporaryFolder();
  const table = lineTable(folder);
  const more = path.join(folder, 'more.csv');
  const sources = async (context: PrepareContext) => {
    const { train, ...others } = await table.sources(context);
    return { ...others, train: [...train, more] };
  };
  const preparedText = async (rows: string) => {
    writeFileSync(more, `a,b,y\n${rows}`);
    return (await prepareTableData({ ...table, sources }, prepareContextOf(folder))).facts.prepared;
  };
  expect(await preparedText('2,3,1\n')).toMatch(/^now, by csv \([^)]*\)$/);
  expect(await preparedText('2,3,1\n4,5,3\n')).toMatch(/^now, by csv \([^)]*\), 2 of 3 files unchanged$/);
});

it('says which features are the same in all training rows, the first three by name', async () => {
  const folder = temporaryFolder();
  const table = lineTable(folder);
  const constant = { kind: 'number', of: clip('a', 2, 3) } as const; // a is below 1
  const features = ['p', 'q', 'r', 's', 't'].map((name) => ({ group: name, name, feature: constant }));
  const recipe = { ...table.recipe, features: [...table.recipe.features, ...features] };
  const { facts } = await prepareTableData({ ...table, recipe }, prepareContextOf(folder));
  const text = 'the same number in all training rows';
  expect(facts['look at']).toBe(`p: ${text}; q: ${text}; r: ${text}; 2 more`);
});

it('hands over the same training and validation rows in memory as on disk', async () => {
  const folder = temporaryFolder();
  const { data } = await prepareTableData(lineTable(folder), prepareContextOf(folder));
  expect(data.shared).not.toBeNull();
  const inMemory = await openTableData(data);
  const onDisk = await openTableData({ ...data, shared: null });
  expect(inMemory.manifest).toEqual(onDisk.manifest);
  for (const split of ['train', 'validation'] as const) {
    expect(await inMemory.readShard(split, 0)).toEqual(await onDisk.readShard(split, 0));
  }
});

it('gives a network the facts of the training rows, one number a shard', async () => {
  const folder = temporaryFolder();
  const { data } = await prepareTableData(lineTable(folder), prepareContextOf(folder));
  const { manifest } = await openDataset(data.dir);
  const facts = factsOf(manifest);
  expect(facts).toMatchObject({
    features: [
      { name: 'a', categories: null },
      { name: 'b', categories: null },
    ],
    groups: [{ name: 'both', start: 0, end: 2 }],
    label: { name: 'y' },
  });
  const mean = { kind: 'number', mean: expect.closeTo(0.5, 1) as number };
  expect(facts.featureStatistics).toMatchObject([mean, mean]);
  expect(facts.label.mean).toBeCloseTo(1.5, 1); // 3 * 0.5 - 2 * 0.5 + 1
  expect(facts.shardRows).toHaveLength(3);
  expect(facts.shardRows.reduce((sum, rows) => sum + rows)).toBe(manifest.splits.train.rows);
});

it('refuses rows of which none is for validation, unless folds are', async () => {
  const folder = temporaryFolder();
  const table = lineTable(folder);
  const sources = async () => ({ ...(await table.sources(prepareContextOf(folder))), validation: [] });
  await expect(prepareTableData({ ...table, sources }, prepareContextOf(folder))).rejects.toMatchObject({
    code: 'NO_ROWS_LEFT',
    message: expect.stringMatching(/^none of 20000 rows is a validation row; .* declare folds$/) as string,
  });
  const { facts } = await prepareTableData({ ...table, sources, folds: 3 }, prepareContextOf(folder));
  expect(facts).toMatchObject({ rows: expect.stringContaining(' 0 validation') as string });
});

it('makes shards of the size that the study asks for', async () => {
  const folder = temporaryFolder();
  const { data } = await prepareTableData({ ...lineTable(folder), shardRows: 5000 }, prepareContextOf(folder));
  const { shardRows, splits } = (await openDataset(data.dir)).manifest;
  expect(shardRows).toBe(5000);
  expect(splits.train.shards).toHaveLength(Math.ceil(splits.train.rows / 5000));
});

it('takes the share of bad rows that the person allows', async () => {
  const folder = temporaryFolder();
  const table = lineTable(folder, 0.1, 400); // 2 % of 20,400, twice what is allowed when nothing is said
  const refused = await prepareTableData(table, prepareContextOf(folder)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PreprocessingError);
  expect(refused).toMatchObject({ code: 'TOO_MANY_BAD_ROWS' });
  const { facts } = await prepareTableData(table, prepareContextOf(folder, { maxBad: 0.03 }));
  expect(facts).toMatchObject({ prepared: expect.stringMatching(/^now, by csv \(little CSV: 1\.\d MB\)$/) as string });
});
