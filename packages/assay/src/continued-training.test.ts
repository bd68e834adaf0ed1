import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openDataset, prepareTable, splitByRows } from '@assay/preprocessing';
import type { Scores } from '@assay/training';
import { beforeAll, expect, it } from 'vitest';
import { continueTraining } from './continued-training.js';
import { type FinalTraining, trainFinal } from './final-training.js';
import { LEARNS, type LineParams, lineTable, STANDS, temporaryFolder } from './line-table.test.kit.js';
import { prepareRows } from './table-data.js';
import { prepareContextOf } from './testing/index.js';

const folder = temporaryFolder();
const table = lineTable(folder);
let oldDir: string;
let trained: FinalTraining;

beforeAll(async () => {
  ({ dir: oldDir } = await prepareRows(table, prepareContextOf(folder)));
  trained = await trainFinal({ table, dir: oldDir, params: LEARNS, seed: 1, engine: 'onnx', refit: false });
});

/** Rows of y = 3a - 2b + 1 + shift: what the model learned, or a world that has moved. */
async function newerRows(shift: number): Promise<string> {
  const file = path.join(folder, `newer by ${shift}.csv`);
  const lines = Array.from({ length: 4000 }, (_, row) => {
    const [a, b] = [(row % 1009) / 1009, (row % 997) / 997];
    return `${a},${b},${3 * a - 2 * b + 1 + shift}\n`;
  });
  writeFileSync(file, `a,b,y\n${lines.join('')}`);
  const { manifest } = await openDataset(oldDir);
  const recipe = { ...table.recipe, split: splitByRows({ validation: 0.2, test: 0.2 }) };
  const { dir } = await prepareTable({ recipe, train: file, outDir: folder, learned: manifest.learned });
  return dir;
}

function goOn(newDir: string, params: LineParams = LEARNS) {
  return continueTraining({ table, params, seed: 1, engine: 'onnx', state: trained.state, oldDir, newDir });
}

const mae = (scores: Scores | null): number => (scores !== null && 'mae' in scores ? scores.mae : Number.NaN);

it('learns newer rows, and says what that does to the old ones', async () => {
  const { before, after, bestStep } = await goOn(await newerRows(2));
  expect(mae(before.old)).toBeLessThan(0.01);
  expect(mae(before.new)).toBeCloseTo(2, 1);
  expect(mae(after.new)).toBeLessThan(0.3);
  expect(mae(after.old)).toBeCloseTo(2, 0);
  expect(bestStep).toBeGreaterThan(0);
});

it('goes on from the state: what was learned before is not learned again', async () => {
  const { before, after } = await goOn(await newerRows(0));
  expect(mae(before.new)).toBeLessThan(0.01);
  expect(mae(after.new)).toBeLessThanOrEqual(mae(before.new));
});

it('keeps the weights where no step is better', async () => {
  const { state, before, after, bestStep } = await goOn(await newerRows(3), STANDS);
  expect(bestStep).toBe(0);
  expect(state).toBe(trained.state);
  expect(after).toBe(before);
});

it('refuses the state of another network', async () => {
  const state = { ...trained.state, weights: new Float32Array(7) };
  const newDir = await newerRows(1);
  await expect(
    continueTraining({ table, params: LEARNS, seed: 1, engine: 'onnx', state, oldDir, newDir }),
  ).rejects.toMatchObject({ code: 'BAD_STATE' });
});
