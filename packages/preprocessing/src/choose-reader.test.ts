import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseReader, createAutoReader, LARGE_BYTES } from './choose-reader.js';
import { createCsvReader } from './csv-reader.js';
import { runInDuckdb } from './duckdb/duckdb-reader.test.kit.js';
import { readAll } from './testing/describe-chunk-reader.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const A = { name: 'a', type: 'number' } as const;

describe('choosing a reader', () => {
  it.each([
    { choice: 'auto', path: 'a.csv', bytes: LARGE_BYTES - 1e6, name: 'csv', why: 'little CSV: 49.0 MB' },
    { choice: 'auto', path: 'a.csv', bytes: LARGE_BYTES, name: 'duckdb', why: 'much CSV: 50.0 MB' },
    { choice: 'auto', path: 'a.parquet', bytes: 1, name: 'duckdb', why: 'a.parquet is Parquet' },
    { choice: 'auto', path: 's3://b/a.csv', bytes: 0, name: 'duckdb', why: 's3://b/a.csv is an address' },
    { choice: 'csv', path: 'a.csv', bytes: LARGE_BYTES, name: 'csv', why: 'it was asked for' },
    { choice: 'duckdb', path: 'a.csv', bytes: 1, name: 'duckdb', why: 'it was asked for' },
  ] as const)('$choice takes $name for $path of $bytes bytes', async ({ choice, path, bytes, name, why }) => {
    const { reader, why: said } = await chooseReader(choice, [{ path, bytes }]);
    expect({ name: reader.name, why: said }).toEqual({ name, why });
  });

  it('takes one reader for all files, by their sizes together', async () => {
    const files = Array.from({ length: 2 }, (_, i) => ({ path: `${i}.csv`, bytes: LARGE_BYTES / 2 }));
    expect((await chooseReader('auto', files)).reader.name).toBe('duckdb');
    expect(
      (
        await chooseReader('auto', [
          { path: 'a.csv', bytes: 1 },
          { path: 'b.pq', bytes: 1 },
        ])
      ).why,
    ).toBe('b.pq is Parquet');
  });

  it('picks anew for every file where it is asked to read them one by one', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.csv'), 'a\n1\n2\n');
    await runInDuckdb(`COPY (FROM read_csv('${join(folder, 'a.csv')}')) TO '${join(folder, 'a.parquet')}'`);
    const reader = createAutoReader();
    expect(reader.dialect).toBe(createCsvReader().dialect);
    expect((await readAll(reader, join(folder, 'a.csv'), [A])).lines).toEqual([2, 3]);
    expect((await readAll(reader, join(folder, 'a.parquet'), [A])).lines).toEqual([1, 2]);
    await expect(readAll(reader, join(folder, 'none.csv'), [A])).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});
