import path from 'node:path';
import { writeTaxiRides } from 'assay';
import { describe, expect, it } from 'vitest';
import { assay, fixture, temporaryFolder } from '../testing/assay-process.js';

it('assay data prepare says how many of several files were taken as they were prepared before', async () => {
  const cwd = temporaryFolder();
  const write = (file: number, seed: number) =>
    writeTaxiRides(path.join(cwd, `rides-${file}.csv`), { rows: 500, seed });
  for (const file of [1, 2]) await write(file, file);
  const prepare = () => assay(['data', 'prepare', fixture('rides')], { cwd, env: { RIDES_TRAIN: 'rides-*.csv' } });
  expect((await prepare()).stderr).not.toContain('unchanged');
  await write(2, 3);
  expect((await prepare()).stderr).toContain('\n2 of 3 files unchanged: their rows are kept from before\n'); // one validates
});

describe('assay data prepare --reader', () => {
  it('reads files by a pattern with either reader, says which, and finds the other one’s rows prepared', async () => {
    const cwd = temporaryFolder();
    for (const seed of [1, 2]) await writeTaxiRides(path.join(cwd, `rides-${seed}.csv`), { rows: 500, seed });
    const prepare = (...flags: readonly string[]) =>
      assay(['data', 'prepare', fixture('rides'), ...flags], { cwd, env: { RIDES_TRAIN: 'rides-*.csv' } });
    const byDuckdb = await prepare('--reader', 'duckdb');
    expect(byDuckdb).toMatchObject({ code: 0 });
    expect(byDuckdb.stderr).toMatch(/^2,000 rows in .*\nreader: duckdb \(it was asked for\)$/m);
    const byAuto = await prepare('--json');
    expect(JSON.parse(byAuto.stdout)).toMatchObject({
      dir: byDuckdb.stdout.trimEnd(),
      cached: true,
      reader: 'csv (little CSV: 0.2 MB)',
    });
    expect(await prepare('--reader', 'pandas')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Allowed choices are auto, csv, duckdb') as string,
    });
  });
});
