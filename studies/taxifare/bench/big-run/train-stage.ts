import path from 'node:path';
import { openDataset, removeCheckpoints, saveModel, trainFinal } from 'assay';
import { COURSE_NETWORK } from '../../taxi-space.js';
import { stageClock } from './stage-clock.js';
import type { BigRun, Results, StageLine } from './stages.js';
import { taxiTable } from './taxi-table.js';

const SEED = 1;
const CHECKPOINT_EVERY_MS = 1000;

/** What `assay train` does, with the course's network: training, then scoring, in one process. */
export async function trainStage({ dir, passes }: BigRun, { generate, prepare }: Results): Promise<Results['train']> {
  const model = path.join(dir, `model-${passes}`);
  const params = { ...COURSE_NETWORK, passes };
  const { splits } = (await openDataset(prepare.dataset)).manifest;
  const reports = splits.train.shards.length * passes;
  const lap = stageClock();
  let isResumed = false;
  let trained: StageLine | null = null;
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
    onReport: (_, step, value) => {
      showTenths(step, reports, value);
      if (step === reports)
        trained = lap({ name: `train, epochs: ${passes}`, rows: splits.train.rows * passes, diskBytes: null });
    },
  });
  const { test, validation, engine, stages } = result;
  if (test === null || 'logLoss' in test || trained === null) throw new Error('no test rows, or training ended early');
  const scored = lap({ name: 'score', rows: splits.validation.rows + splits.test.rows, diskBytes: null });
  await saveModel(model, { ...result, params: { params }, metrics: { test, validation, engine, stages } });
  await removeCheckpoints(model);
  return { lines: [trained, scored], test, engine, isResumed };
}

/** A line on stderr for each tenth of the way. */
function showTenths(step: number, reports: number, value: number): void {
  const isTenth = Math.floor((step * 10) / reports) > Math.floor(((step - 1) * 10) / reports);
  if (isTenth) process.stderr.write(`  ${step} of ${reports} shards, validation MAE ${value.toFixed(3)}\n`);
}
