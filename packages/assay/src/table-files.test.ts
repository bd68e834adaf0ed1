import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { tableFiles } from './table-files.js';

it('refuses a declaration without training files when the study is loaded', () => {
  expect(() => tableFiles({ trian: 'trips.csv' } as never)).toThrow('names no training file');
});

it('finds the files of patterns, in the order of their names, and leaves addresses as they are', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['2016-02.csv', '2016-01.csv', '2017-01.csv']) writeFileSync(path.join(folder, name), 'a\n1\n');
  const context = {} as Parameters<ReturnType<typeof tableFiles>>[0]; // fixed names need none of it
  const sources = tableFiles({ train: path.join(folder, '2016-*.csv'), test: 's3://bucket/test.parquet' });
  expect(await sources(context)).toEqual({
    train: ['2016-01.csv', '2016-02.csv'].map((name) => path.join(folder, name)),
    validation: [],
    test: ['s3://bucket/test.parquet'],
    description: '2016-01.csv and 1 more',
  });
});
