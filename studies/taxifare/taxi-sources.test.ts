import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderWith, prepareContextOf } from 'assay/testing';
import { describe, expect, it } from 'vitest';
import { taxiSources } from './taxi-sources.js';

const REAL = ['taxifare/train_50k.csv.gz', 'taxifare/val_10k.csv.gz'] as const;
const ride = (kind: string, size: string) => `data/taxifare/${kind}_${size}.csv`;
const pair = (size: string) => [ride('train', size), ride('val', size)];

it('takes real rides where both files are, before all others', async () => {
  const dataDir = folderWith(...REAL);
  expect(await taxiSources(prepareContextOf(folderWith(...pair('500k')), { dataDir }))).toEqual({
    train: [path.join(dataDir, REAL[0])],
    validation: [path.join(dataDir, REAL[1])],
    description: 'real rides (train_50k, val_10k)',
  });
});

describe('downloaded rides', () => {
  it.each([
    { name: 'the largest', there: [...pair('1k'), ...pair('100k'), ...pair('10k')], taken: '100k' },
    { name: 'the largest of which both files are there', there: [ride('train', '500k'), ...pair('1k')], taken: '1k' },
  ])('$name', async ({ there, taken }) => {
    const cacheDir = folderWith(...there);
    expect(await taxiSources(prepareContextOf(cacheDir))).toEqual({
      train: [path.join(cacheDir, ride('train', taken))],
      validation: [path.join(cacheDir, ride('val', taken))],
      description: `downloaded rides (train_${taken}, val_${taken})`,
    });
  });

  it('stand in for real ones of which a file is missing', async () => {
    const sources = await taxiSources(prepareContextOf(folderWith(...pair('10k')), { dataDir: folderWith(REAL[0]) }));
    expect(sources.description).toBe('downloaded rides (train_10k, val_10k)');
  });
});

describe('generated rides', () => {
  it('are made where there are no others, once, and say why', async () => {
    const cacheDir = folderWith();
    const sources = await taxiSources(prepareContextOf(cacheDir));
    expect(sources.description).toBe('50,000 + 10,000 generated rides (ASSAY_DATA is not set)');
    const rides = [...sources.train, ...sources.validation].map((file) => readFileSync(file, 'utf8').split('\n'));
    expect(rides.map((lines) => lines.length - 2)).toEqual([50_000, 10_000]); // but for the header and the last line's end
    const [train, validation] = rides;
    const trained = new Set(train?.slice(1, -1));
    expect(validation?.slice(1, -1).filter((ride) => trained.has(ride))).toEqual([]);

    writeFileSync(sources.train[0] ?? '', 'untouched');
    expect(await taxiSources(prepareContextOf(cacheDir))).toEqual(sources);
    expect(readFileSync(sources.train[0] ?? '', 'utf8')).toBe('untouched');
  });

  it('name the folder that lacks a file', async () => {
    const dataDir = folderWith(REAL[1]);
    const { description } = await taxiSources(prepareContextOf(folderWith(), { dataDir }));
    expect(description).toBe(`50,000 + 10,000 generated rides (${dataDir} has no ${REAL[0]} and ${REAL[1]})`);
  });
});
