import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PrepareContext } from 'assay';
import { expect, it, onTestFinished } from 'vitest';
import { bikeSources } from './bike-sources.js';

const month = (yearAndMonth: string) => `citibike/JC-${yearAndMonth}-citibike-tripdata.csv.gz`;

/** A folder with empty files of these names. */
function folderWith(...files: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-bikes-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), '');
  }
  return folder;
}

function contextOf(cacheDir: string, dataDir: string | null): PrepareContext {
  const { signal } = new AbortController();
  return { cacheDir, dataDir, engine: 'auto', maxBad: undefined, signal, onProgress: () => undefined };
}

it('trains on real months to 2019 and keeps those from 2020 for validation and test', async () => {
  const dataDir = folderWith(month('202004'), month('201912'), month('201601'), month('202101'), 'citibike/README.md');
  const real = (name: string) => path.join(dataDir, month(name));
  expect(await bikeSources(contextOf(folderWith(), dataDir))).toEqual({
    train: [real('201601'), real('201912')],
    validation: [real('202004'), real('202101')],
    description: 'real trips (2 months to 2019, 2 from 2020)',
  });
});

it('makes trips where there are none, once, and says why', async () => {
  const cacheDir = folderWith();
  const sources = await bikeSources(contextOf(cacheDir, null));
  expect(sources.description).toBe('120,000 + 20,000 generated trips (ASSAY_DATA is not set)');
  const files = [...sources.train, ...sources.validation].map((file) => readFileSync(file, 'utf8').split('\n'));
  expect(files.map((lines) => lines.length - 2)).toEqual([120_000, 20_000]); // but for the header and the last line's end

  writeFileSync(sources.train[0] ?? '', 'untouched');
  const dataDir = folderWith(month('201601'));
  const again = await bikeSources(contextOf(cacheDir, dataDir));
  const why = `${dataDir} has no citibike months before and from 2020`;
  expect(again.description).toBe(`120,000 + 20,000 generated trips (${why})`);
  expect(readFileSync(again.train[0] ?? '', 'utf8')).toBe('untouched');
});
