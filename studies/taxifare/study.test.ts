import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
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
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'assay-taxifare-'));
  onTestFinished(() => rmSync(cacheDir, { recursive: true, force: true }));
  const prepared = await study.prepare?.({
    cacheDir,
    dataDir: DATA,
    engine: 'onnx',
    maxBad: undefined,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  if (prepared === undefined) throw new Error('the study prepares its rides');
  expect(prepared.facts.data).toBe('real rides (train_50k, val_10k)');

  const values: number[] = [];
  await study.objective({
    number: 0,
    params: COURSE_NETWORK,
    values: taxiSpace.encode(COURSE_NETWORK),
    seed: 1,
    repeat: 0,
    data: prepared.data,
    gate: { run: (call) => call() },
    report: async (step, value) => {
      values.push(value);
      return step < REPORTS ? 'keep' : 'stop';
    },
    log: () => undefined,
  });
  expect(Math.min(...values)).toBeLessThan(2.3); // everyone pays the mean fare: about 6 dollars off
});
