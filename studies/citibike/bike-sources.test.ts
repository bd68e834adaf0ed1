import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderWith, prepareContextOf } from 'assay/testing';
import { expect, it } from 'vitest';
import { bikeSources } from './bike-sources.js';

const month = (yearAndMonth: string) => `citibike/JC-${yearAndMonth}-citibike-tripdata.csv.gz`;

it('trains on real months to 2019 and keeps those from 2020 for validation and test', async () => {
  const dataDir = folderWith(month('202004'), month('201912'), month('201601'), month('202101'), 'citibike/README.md');
  const real = (name: string) => path.join(dataDir, month(name));
  expect(await bikeSources(prepareContextOf(folderWith(), { dataDir }))).toEqual({
    train: [real('201601'), real('201912')],
    validation: [real('202004'), real('202101')],
    description: 'real trips (2 months to 2019, 2 from 2020)',
  });
});

it('makes trips where there are none, once, and says why', async () => {
  const cacheDir = folderWith();
  const sources = await bikeSources(prepareContextOf(cacheDir));
  expect(sources.description).toBe('120,000 + 20,000 generated trips (ASSAY_DATA is not set)');
  const files = [...sources.train, ...sources.validation].map((file) => readFileSync(file, 'utf8').split('\n'));
  expect(files.map((lines) => lines.length - 2)).toEqual([120_000, 20_000]); // but for the header and the last line's end

  writeFileSync(sources.train[0] ?? '', 'untouched');
  const dataDir = folderWith(month('201601'));
  const again = await bikeSources(prepareContextOf(cacheDir, { dataDir }));
  const why = `${dataDir} has no citibike months before and from 2020`;
  expect(again.description).toBe(`120,000 + 20,000 generated trips (${why})`);
  expect(readFileSync(again.train[0] ?? '', 'utf8')).toBe('untouched');
});
