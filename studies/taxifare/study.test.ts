import { existsSync } from 'node:fs';
import path from 'node:path';
import { folderWith, prepareContextOf, reportedValues } from 'assay/testing';
import { expect, it } from 'vitest';
import study from './study.js';
import { COURSE_NETWORK, taxiSpace } from './taxi-space.js';

/** Eight passes over six shards. */
const REPORTS = 48;

const DATA = process.env.ASSAY_DATA ?? null;
const hasRides = DATA !== null && existsSync(path.join(DATA, 'taxifare', 'train_50k.csv.gz'));
const whenRides = hasRides ? '' : ' (skipped: ASSAY_DATA names no folder with taxifare/train_50k.csv.gz)';

it("begins with the course's network, which its space holds", () => {
  expect(study.defaults).toBe(COURSE_NETWORK);
  expect(taxiSpace.decode(taxiSpace.encode(COURSE_NETWORK))).toEqual(COURSE_NETWORK);
  expect(study).toMatchObject({ name: 'taxifare', metrics: ['mae'], directions: ['minimize'] });
});

it.skipIf(!hasRides)(`the default configuration gets below 2.30 dollars on real rides${whenRides}`, async () => {
  const prepared = await study.prepare?.(prepareContextOf(folderWith(), { dataDir: DATA }));
  if (prepared === undefined) throw new Error('the study prepares its rides');
  expect(prepared.facts.data).toBe('real rides (train_50k, val_10k)');

  const values = await reportedValues(study, COURSE_NETWORK, prepared.data, REPORTS);
  expect(Math.min(...values)).toBeLessThan(2.3); // everyone pays the mean fare: about 6 dollars off
});
