import type { BatchPlan } from './batch-plan.js';
import type { Chunk } from './engine.js';
import { TrainingError } from './training-error.js';

/** @throws {TrainingError} `BAD_DATA` unless x and y fit each other and the model, and the plan trains at least one row */
export function checkChunk({ rows, x, y }: Chunk, plan: BatchPlan, width: number): void {
  if (x.length === rows * width && y.length === rows && plan.order.length > 0) return;
  const got = `x of ${x.length}, y of ${y.length}, order of ${plan.order.length}`;
  throw new TrainingError('BAD_DATA', `${rows} rows of ${width} features, at least one, expected; got ${got} numbers`);
}

/** @throws {TrainingError} `BAD_DATA` unless x holds `rows` rows of `width` features */
export function checkRows(x: Float32Array, rows: number, width: number): void {
  if (x.length === rows * width) return;
  const expected = `${rows} rows of ${width} features`;
  throw new TrainingError('BAD_DATA', `${expected} are ${rows * width} numbers, got ${x.length}`);
}
