import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReaderChoice } from '../choose-reader.js';
import { createCsvReader } from '../csv-reader.js';
import { prepareTable } from '../prepare-table.js';
import type { ColumnSpec } from '../table-recipe.js';
import { taxifareRecipe } from '../taxi/taxifare-recipe.js';
import { assayData, hasTaxiData, whenTaxiData } from '../testing/assay-data.js';
import { readAll } from '../testing/describe-chunk-reader.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createDuckdbReader } from './duckdb-reader.js';

/** Every file of a prepared dataset by name, the manifest too. */
async function preparedFiles(train: string, reader: ReaderChoice): Promise<Readonly<Record<string, string>>> {
  const plan = { recipe: taxifareRecipe(), train, outDir: temporaryFolder(), maxBad: 1, reader };
  const { dir } = await prepareTable(plan);
  return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'latin1')]));
}

const TIME = ['lpep_pickup_datetime', 'lpep_dropoff_datetime'].map((name) => ({ name, type: 'timestamp' }) as const);
const TEXT = ['PULocationID', 'DOLocationID', 'store_and_fwd_flag'].map((name) => ({ name, type: 'text' }) as const);
const NUMBER = [
  'RatecodeID',
  'passenger_count',
  'trip_distance',
  'fare_amount',
  'ehail_fee',
  'tip_amount',
  'trip_type',
];
const GREEN: readonly ColumnSpec[] = [...TIME, ...TEXT, ...NUMBER.map((name) => ({ name, type: 'number' }) as const)];

const MONTH_FIRST = ['starttime', 'stoptime'].map(
  (name) => ({ name, type: 'timestamp', formats: ['month/day/year', 'iso'] }) as const,
);
const BIKE: readonly ColumnSpec[] = [
  ...MONTH_FIRST,
  { name: 'start station id', type: 'integer' },
  { name: 'start station name', type: 'text' },
  { name: 'start station latitude', type: 'number' },
  { name: 'birth year', type: 'integer', nulls: ['NULL'] },
];

describe.runIf(hasTaxiData)(`both readers on real data${whenTaxiData}`, () => {
  it.each(['train_10k.csv', 'dirty_16k.csv.gz', 'train_50k.csv.gz'])('prepare %s to the same bytes', async (name) => {
    const file = assayData('taxifare', name);
    const byCsv = await preparedFiles(file, 'csv');
    const byDuckdb = await preparedFiles(file, 'duckdb');
    expect(Object.keys(byCsv).length).toBeGreaterThan(4);
    expect(Object.keys(byDuckdb)).toEqual(Object.keys(byCsv));
    for (const [file, bytes] of Object.entries(byCsv)) expect(byDuckdb[file] === bytes, file).toBe(true);
  });

  it.each(['2021-02', '2022-01'])('read the green taxis of %s alike from CSV and Parquet', async (month) => {
    const csv = assayData('green_tripdata', `green_tripdata_${month}.csv.gz`);
    const parquet = assayData('green_tripdata', `green_tripdata_${month}.parquet`);
    const expected = await readAll(createCsvReader(), csv, GREEN, 50_000);
    const zipped = await readAll(createDuckdbReader(), csv, GREEN, 50_000);
    const stored = await readAll(createDuckdbReader(), parquet, GREEN, 50_000);
    expect(expected.lines.length).toBeGreaterThan(60_000);
    expect(expected.malformed).toEqual([]);
    for (const [i, { name }] of GREEN.entries()) {
      expect(sameValues(zipped.columns[i]!, expected.columns[i]!), `${name} in CSV`).toBe(true);
      expect(sameValues(stored.columns[i]!, expected.columns[i]!), `${name} in Parquet`).toBe(true);
    }
  });

  it.each(['201604', '201704', '201801'])('read the bicycles of %s alike, in its form of times', async (month) => {
    const file = assayData('citibike', `JC-${month}-citibike-tripdata.csv.gz`);
    const expected = await readAll(createCsvReader(), file, BIKE, 5000);
    const read = await readAll(createDuckdbReader(), file, BIKE, 5000);
    expect(expected.malformed).toEqual([]);
    expect(read.lines).toEqual(expected.lines);
    for (const [i, { name }] of BIKE.entries())
      expect(sameValues(read.columns[i]!, expected.columns[i]!), name).toBe(true);
  });
});

/** Faster than `toEqual` on half a million values, and as strict: a zero has its sign. */
function sameValues(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
