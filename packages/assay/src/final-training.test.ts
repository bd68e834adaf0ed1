import { readdirSync } from 'node:fs';
import { openDataset } from '@assay/preprocessing';
import { onnxEngine, type Scores } from '@assay/training';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type FinalTraining,
  FinalTrainingError,
  type FinalTrainingOptions,
  removeCheckpoints,
  trainFinal,
} from './final-training.js';
import { CREEPS, DIVERGES, LEARNS, type LineParams, lineTable, temporaryFolder } from './line-table.test.kit.js';
import { prepareRows } from './table-data.js';
import { prepareContextOf } from './testing/index.js';

const folder = temporaryFolder();
const table = lineTable(folder);
let dir: string;

beforeAll(async () => {
  ({ dir } = await prepareRows(table, prepareContextOf(folder)));
});

interface Report {
  readonly stage: string;
  readonly step: number;
  readonly value: number;
}

async function train(
  params: LineParams,
  changes: Partial<FinalTrainingOptions<LineParams>> = {},
): Promise<{ readonly final: FinalTraining; readonly reports: readonly Report[] }> {
  const reports: Report[] = [];
  const onReport = (stage: string, step: number, value: number) => void reports.push({ stage, step, value });
  const final = await trainFinal({ table, dir, params, seed: 1, engine: 'onnx', refit: false, onReport, ...changes });
  return { final, reports };
}

const maeOf = (scores: Scores | null): number => (scores !== null && 'mae' in scores ? scores.mae : Number.NaN);
const count = (reports: readonly Report[], stage: string) => reports.filter((report) => report.stage === stage).length;

it('keeps the weights of the best report and scores all validation and test rows with them', async () => {
  const { final, reports } = await train(LEARNS);
  const best = Math.min(...reports.map(({ value }) => value));
  expect(reports[final.bestStep - 1]?.value).toBe(best);
  expect(maeOf(final.validation)).toBeCloseTo(best, 6);
  expect(maeOf(final.test)).toBeLessThan(0.01);
  expect(final.engine).toBe('onnx');
  expect(final.stages.map(({ name }) => name)).toEqual(['training', 'scoring']);
});

it('scores what its weights predict for the test rows', async () => {
  const { final } = await train(CREEPS);
  const dataset = await openDataset(dir);
  const shard = await dataset.readShard('test', 0);
  expect(shard.rows).toBe(dataset.manifest.splits.test.rows);
  const predictor = await onnxEngine().createPredictor(final);
  const predictions = await predictor.predict(shard.x, shard.rows);
  await predictor.dispose();
  const errors = predictions.map((value, row) => Math.abs(value - shard.y[row]!));
  expect(maeOf(final.test)).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / shard.rows, 5);
});

describe('a refit', () => {
  it('sees validation rows too, for as many passes as the best of the first training took', async () => {
    const plain = await train(CREEPS);
    const { final, reports } = await train(CREEPS, { refit: true });
    // Two passes over three shards, the last report the best; two passes over three and one shards.
    expect(final.bestStep).toBe(6);
    expect(count(reports, 'training')).toBe(6);
    expect(count(reports, 'refit')).toBe(8);
    expect(final.weights).not.toEqual(plain.final.weights);
    expect(final.stages.map(({ name }) => name)).toEqual(['training', 'refit', 'scoring']);
  });

  it('has no validation error to give, but one on the test rows', async () => {
    const { final } = await train(LEARNS, { refit: true });
    expect(final.validation).toBeNull();
    expect(maeOf(final.test)).toBeLessThan(0.01);
  });
});

describe('checkpoints', () => {
  const interrupted = new Error('interrupted');

  /** Aborts at a report, and says what is left in the folder. */
  async function interruptAt(
    stop: number,
    checkpoints: { readonly dir: string; readonly everyMs: number },
    refit: boolean,
  ) {
    const abort = new AbortController();
    let seen = 0;
    const onReport = () => {
      if (++seen === stop) abort.abort(interrupted);
    };
    await expect(train(CREEPS, { checkpoints, refit, onReport, signal: abort.signal })).rejects.toBe(interrupted);
  }

  // Without refit the training has 6 reports; the refit adds 8. However rarely checkpoints are written, an interrupt writes one.
  it.each([
    { stop: 1, everyMs: 0, refit: false, resumed: [['training', 1]] },
    { stop: 4, everyMs: 1e9, refit: false, resumed: [['training', 4]] },
    {
      stop: 9,
      everyMs: 0,
      refit: true,
      resumed: [
        ['training', 6],
        ['refit', 3],
      ],
    },
  ])('an interrupt at report $stop ends as if there had been none', async ({ stop, everyMs, refit, resumed }) => {
    const checkpoints = { dir: temporaryFolder(), everyMs };
    const undisturbed = await train(CREEPS, { refit });
    await interruptAt(stop, checkpoints, refit);
    const resumes: (readonly [string, number])[] = [];
    const { final } = await train(CREEPS, { checkpoints, refit, onResume: (...at) => void resumes.push(at) });
    expect(resumes).toEqual(resumed);
    expect(final.weights).toEqual(undisturbed.final.weights);
    expect(final.validation).toEqual(undisturbed.final.validation);
    await removeCheckpoints(checkpoints.dir);
    expect(readdirSync(checkpoints.dir)).toEqual([]);
  });

  it('of another seed are not taken up', async () => {
    const checkpoints = { dir: temporaryFolder(), everyMs: 0 };
    await interruptAt(4, checkpoints, false);
    const resumes: string[] = [];
    const { final } = await train(CREEPS, { checkpoints, seed: 2, onResume: (stage) => void resumes.push(stage) });
    expect(resumes).toEqual([]);
    expect(final.weights).toEqual((await train(CREEPS, { seed: 2 })).final.weights);
  });
});

it('gives no test error where the recipe keeps no test rows', async () => {
  const ownFolder = temporaryFolder();
  const whole = lineTable(ownFolder, 0);
  const prepared = await prepareRows(whole, prepareContextOf(ownFolder));
  const { final } = await train(LEARNS, { table: whole, dir: prepared.dir });
  expect(final.test).toBeNull();
  expect(maeOf(final.validation)).toBeLessThan(0.01);
});

it('refuses to hand over weights that diverged', async () => {
  const refused = await train(DIVERGES).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(FinalTrainingError);
  expect(refused).toMatchObject({ code: 'DIVERGED', message: expect.stringContaining('after 0 reports') });
});
