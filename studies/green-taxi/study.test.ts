import { existsSync } from 'node:fs';
import path from 'node:path';
import { prepareRows } from 'assay';
import { folderWith, prepareContextOf, reportedValues } from 'assay/testing';
import { expect, it } from 'vitest';
import study from './study.js';
import { COURSE_FEATURES, tripSpace } from './trip-space.js';

const DATA = process.env.ASSAY_DATA ?? null;
const hasTrips = DATA !== null && existsSync(path.join(DATA, 'green_tripdata', 'green_tripdata_2021-01.csv.gz'));
const whenTrips = hasTrips
  ? ''
  : ' (skipped: ASSAY_DATA names no folder with green_tripdata/green_tripdata_2021-01.csv.gz)';

it("begins with the course's columns, which its space holds, and minimizes the root mean squared error", () => {
  expect(study.defaults).toBe(COURSE_FEATURES);
  expect(tripSpace.decode(tripSpace.encode(COURSE_FEATURES))).toEqual(COURSE_FEATURES);
  expect(study).toMatchObject({ name: 'green-taxi', metrics: ['rmse'], directions: ['minimize'] });
});

it('prepares generated trips: 1 to 60 minutes, and all columns of the network', async () => {
  const { manifest } = await prepareRows(study.table, prepareContextOf(folderWith()));
  const { train, validation, test } = manifest.splits;
  expect(manifest.malformed).toBe(0);
  expect(train.rows).toBeGreaterThan(0.9 * 70_000);
  expect(validation.rows + test.rows).toBeGreaterThan(0.9 * 60_000);
  expect(manifest.label).toMatchObject({ name: 'duration' });
  expect(manifest.label.min).toBeGreaterThanOrEqual(1);
  expect(manifest.label.max).toBeLessThanOrEqual(60);
  expect(manifest.groups.map(({ name }) => name)).toEqual([
    ...['distance', 'trip_type', 'pickup', 'dropoff', 'route', 'hour', 'weekday'],
  ]);
});

/** The first pass over the first month. */
const SHARDS = 10;

/** Trips that the files hold twice, once with a negative fare that takes the first record back; counted in Python. */
const VOIDED = { train: 67, validation: 51 };

it.skipIf(!hasTrips)(`keeps every real trip once, half of the second month for the test${whenTrips}`, async () => {
  const context = prepareContextOf(folderWith(), { dataDir: DATA });
  const { manifest } = await prepareRows(study.table, context);
  const { train, validation, test } = manifest.splits;
  expect(train.rows).toBe(73_908 - VOIDED.train);
  expect(validation.rows + test.rows).toBe(61_921 - VOIDED.validation);
  // Half of n rows, to 4.9 standard deviations: one hash in a million is farther off.
  expect(Math.abs(test.rows - 61_921 / 2)).toBeLessThan((4.9 * Math.sqrt(61_921)) / 2);
  expect(manifest.label.mean).toBeCloseTo(16.853, 1);

  const prepared = await study.prepare?.(context);
  expect(prepared?.facts).toMatchObject({ data: 'real trips (2021-01, 2021-02)', prepared: 'found in cache' });
  const values = await reportedValues(study, COURSE_FEATURES, prepared!.data, SHARDS);
  expect(Math.min(...values)).toBeLessThan(7.41); // what least squares on the same columns comes to
});
