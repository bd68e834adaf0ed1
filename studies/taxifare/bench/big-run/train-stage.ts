import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openDataset, removeCheckpoints, saveModel, trainFinal } from 'assay';
import { COURSE_NETWORK } from '../../taxi-space.js';
import type { BigRun, Results } from './stages.js';
import { taxiTable } from './taxi-table.js';

const SEED = 1;
const CHECKPOINT_EVERY_MS = 1000;

/** What `assay train` does, with the course's network: training, then scoring, in one process. */
export async function trainStage({ dir, passes }: BigRun, { generate, prepare }: Results): Promise<Results['train']> {
  const model = path.join(dir, `model-${passes}`);
  const params = { ...COURSE_NETWORK, passes };
  let isResumed = false;
  const { manifest } = await openDataset(prepare.dataset);
  const result = await trainFinal({
    table: taxiTable(generate),
    dir: prepare.dataset,
    params,
    seed: SEED,
    engine: 'auto',
    refit: false,
    checkpoints: { dir: model, everyMs: CHECKPOINT_EVERY_MS },
    onResume: () => {
      isResumed = true;
    },
    onReport: progress(manifest.splits.train.shards.length * passes),
  });
  const { test, validation, engine, stages } = result;
  if (test === null) throw new Error('the recipe keeps no test rows');
  await saveModel(model, { ...result, params: { params }, metrics: { test, validation, engine, stages } });
  await removeCheckpoints(model);
  const [training, scoring] = stages;
  const rows = manifest.splits.train.rows * passes;
  const scored = manifest.splits.validation.rows + manifest.splits.test.rows;
  const diskBytes = readdirSync(model).reduce((sum, file) => sum + statSync(path.join(model, file)).size, 0);
  const lines = [
    { ...training!, name: `train ${passes} ${passes === 1 ? 'epoch' : 'epochs'}`, rows, diskBytes },
    { ...scoring!, name: 'score test rows', rows: scored, diskBytes: null },
  ];
  return { lines, test, engine, isResumed };
}

/** A line on stderr for each tenth of the way. */
function progress(shards: number): (stage: string, step: number, value: number) => void {
  return (_, step, value) => {
    const isTenth = Math.floor((step * 10) / shards) > Math.floor(((step - 1) * 10) / shards);
    if (isTenth) process.stderr.write(`  ${step} of ${shards} shards, validation MAE ${value.toFixed(3)}\n`);
  };
}
