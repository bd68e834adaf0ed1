import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderWith, prepareContextOf } from 'assay/testing';
import { expect, it } from 'vitest';
import { tripSources } from './trip-sources.js';

const MONTHS = [
  'green_tripdata/green_tripdata_2021-01.csv.gz',
  'green_tripdata/green_tripdata_2021-02.csv.gz',
] as const;

it('takes the real months where both are', async () => {
  const dataDir = folderWith(...MONTHS);
  expect(await tripSources(prepareContextOf(folderWith(), { dataDir }))).toEqual({
    train: [path.join(dataDir, MONTHS[0])],
    validation: [path.join(dataDir, MONTHS[1])],
    description: 'real trips (2021-01, 2021-02)',
  });
});

it('makes trips where there are none, once, and says why', async () => {
  const cacheDir = folderWith();
  const sources = await tripSources(prepareContextOf(cacheDir));
  expect(sources.description).toBe('70,000 + 60,000 generated trips (ASSAY_DATA is not set)');
  const files = [...sources.train, ...sources.validation].map((file) => readFileSync(file, 'utf8').split('\n'));
  expect(files.map((lines) => lines.length - 2)).toEqual([70_000, 60_000]); // but for the header and the last line's end

  writeFileSync(sources.train[0] ?? '', 'untouched');
  const dataDir = folderWith(MONTHS[1]);
  const again = await tripSources(prepareContextOf(cacheDir, { dataDir }));
  expect(again.description).toBe(`70,000 + 60,000 generated trips (${dataDir} has no ${MONTHS[0]} and ${MONTHS[1]})`);
  expect(readFileSync(again.train[0] ?? '', 'utf8')).toBe('untouched');
});
