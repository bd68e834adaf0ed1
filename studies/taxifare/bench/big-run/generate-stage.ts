import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeTaxiRides } from 'assay';
import { stageClock } from './stage-clock.js';
import type { BigRun, Results } from './stages.js';

/** Enough to see an epoch's progress: the standard error of the mean absolute error is about 3 cents. */
const VALIDATION_ROWS = 20_000;

/** The training file and the validation file, from seeds of their own. */
export async function generateStage({ rows, dir }: BigRun): Promise<Results['generate']> {
  mkdirSync(dir, { recursive: true });
  const [train, validation] = [path.join(dir, 'train.csv'), path.join(dir, 'validation.csv')];
  const lap = stageClock();
  await writeTaxiRides(train, { rows, seed: 1 });
  await writeTaxiRides(validation, { rows: VALIDATION_ROWS, seed: 2 });
  const diskBytes = statSync(train).size + statSync(validation).size;
  return { train, validation, lines: [lap({ name: 'generate CSV', rows: rows + VALIDATION_ROWS, diskBytes })] };
}
