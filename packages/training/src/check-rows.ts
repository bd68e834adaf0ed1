import type { BatchPlan } from './batch-plan.js';
import type { Chunk } from './engine.js';
import type { InputDescription } from './input-description.js';
import { checkLabels } from './label-head.js';
import type { ModelDescription } from './model-description.js';
import { TrainingError } from './training-error.js';

/** @throws {TrainingError} `BAD_DATA` unless x and y fit each other and the model, and the plan trains at least one row */
export function checkChunk({ rows, x, y }: Chunk, plan: BatchPlan, { input, label }: ModelDescription): void {
  const { width } = input;
  checkLabels(label, y);
  checkCategories(x, input);
  if (x.length === rows * width && y.length === rows && plan.order.length > 0) return;
  const got = `x of ${x.length}, y of ${y.length}, order of ${plan.order.length}`;
  throw new TrainingError('BAD_DATA', `${rows} rows of ${width} columns, at least one, expected; got ${got} numbers`);
}

/** @throws {TrainingError} `BAD_DATA` unless x holds `rows` rows of `width` columns */
export function checkRows(x: Float32Array, rows: number, width: number): void {
  if (x.length === rows * width) return;
  const expected = `${rows} rows of ${width} columns are ${rows * width} numbers, got ${x.length}`;
  const hint = 'a model reads rows prepared as those it was trained on: prepare them so, or train it again';
  throw new TrainingError('BAD_DATA', `${expected}; ${hint}`);
}

/** @throws {TrainingError} `BAD_DATA` when a one-hot or embedding column holds something else than its categories or -1 */
export function checkCategories(x: Float32Array, { width, blocks }: InputDescription): void {
  for (const block of blocks) {
    if (block.kind === 'values') continue;
    const { column, size } = block;
    for (let at = column; at < x.length; at += width) {
      const category = x[at]!;
      if (category >= -1 && category < size && Number.isInteger(category)) continue;
      throw new TrainingError('BAD_DATA', `column ${column} holds categories 0..${size - 1} or -1, got ${category}`);
    }
  }
}
