import { existsSync } from 'node:fs';
import path from 'node:path';
import { prepareRows } from 'assay';
import { folderWith, prepareContextOf } from 'assay/testing';
import { expect, it } from 'vitest';
import { BLOG_NETWORK, bikeSpace } from './bike-space.js';
import study from './study.js';

const DATA = process.env.ASSAY_DATA ?? null;
const hasTrips = DATA !== null && existsSync(path.join(DATA, 'citibike', 'JC-202011-citibike-tripdata.csv.gz'));
const whenTrips = hasTrips
  ? ''
  : ' (skipped: ASSAY_DATA names no folder with citibike/JC-202011-citibike-tripdata.csv.gz)';

it("begins with the blog's network, which its space holds", () => {
  expect(study.defaults).toBe(BLOG_NETWORK);
  expect(bikeSpace.decode(bikeSpace.encode(BLOG_NETWORK))).toEqual(BLOG_NETWORK);
  expect(study).toMatchObject({ name: 'citibike', metrics: ['mae'], directions: ['minimize'] });
});

it('prepares generated trips, with dates in three formats and without those of unknown age', async () => {
  const { manifest } = await prepareRows(study.table, prepareContextOf(folderWith()));
  const { train, validation, test } = manifest.splits;
  expect(manifest.malformed).toBe(0);
  // Customers, who are 8% of the trips, have no birth year or its filler; 4.9 standard deviations.
  for (const [rows, all] of [
    [train.rows, 120_000],
    [validation.rows + test.rows, 20_000],
  ] as const) {
    expect(Math.abs(rows - 0.92 * all)).toBeLessThan(4.9 * Math.sqrt(0.08 * all));
  }
  expect(manifest.groups.map(({ name }) => name)).toEqual([
    ...['duration', 'distance', 'gender', 'usertype', 'start', 'end', 'places', 'hour', 'weekday', 'trend'],
  ]);
});

// Counted apart, in Python: rows with a birth year above 1900 that is not the filler, by the year of their start.
it.skipIf(!hasTrips)(`keeps the real trips whose riders' birth year is known${whenTrips}`, async () => {
  const { manifest } = await prepareRows(study.table, prepareContextOf(folderWith(), { dataDir: DATA }));
  const { train, validation, test } = manifest.splits;
  expect(train.rows).toBe(277_689);
  expect(validation.rows + test.rows).toBe(26_557);
  expect(Math.abs(test.rows - 26_557 / 2)).toBeLessThan((4.9 * Math.sqrt(26_557)) / 2);
  expect(manifest.label.mean).toBeCloseTo(1979.375, 2);
});
