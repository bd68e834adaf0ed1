import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { type BatchPlan, dropoutWidths } from '../batch-plan.js';
import type { Chunk } from '../engine.js';
import type { ModelDescription } from '../model-description.js';
import { pickedTensor, pickRows } from './input-rows.js';
import { targetTensor } from './label-head.js';
import type { Tf } from './tfjs-backend.js';
import type { BatchTensors } from './training-step.js';

/** A whole epoch on the backend: picked rows in training order, and the factors that each dropout layer cuts its windows from. */
export type EpochTensors = { x: Tensor2D; y: Tensor2D; factors: Tensor1D[] };

/** To be run inside `tf.tidy`. */
export function epochTensors(tf: Tf, model: ModelDescription, { x, y }: Chunk, plan: BatchPlan): EpochTensors {
  const labels = Float32Array.from(plan.order, (row) => y[row]!);
  return {
    x: pickedTensor(tf, model.input, pickRows(model.input, x, plan.order)),
    y: targetTensor(tf, model.label, tf.tensor2d(labels, [labels.length, 1])),
    factors: dropoutFactors(tf, model, plan.dropoutPool),
  };
}

/** The pool of uniforms as factors, 1 / (1 - rate) where the draw is >= rate, else 0; layers of one rate have one tensor. */
function dropoutFactors(tf: Tf, model: ModelDescription, pool: Float32Array): Tensor1D[] {
  const rates = model.layers.flatMap((layer) => (layer.kind === 'dropout' ? [layer.rate] : []));
  const factors = new Map<number, Tensor1D>();
  for (const rate of rates) {
    if (factors.has(rate)) continue;
    const kept = tf.greaterEqual(tf.tensor1d(pool), rate);
    factors.set(rate, tf.mul(tf.cast(kept, 'float32'), 1 / (1 - rate)));
  }
  return rates.map((rate) => factors.get(rate)!);
}

/** Batch `batch` of the plan, cut out of the epoch. */
export function batchTensors(
  tf: Tf,
  model: ModelDescription,
  epoch: EpochTensors,
  plan: BatchPlan,
  batch: number,
): BatchTensors {
  const start = batch * plan.batchSize;
  const rows = Math.min(plan.batchSize, plan.order.length - start);
  const widths = dropoutWidths(model);
  return {
    x: tf.slice2d(epoch.x, [start, 0], [rows, -1]),
    y: tf.slice2d(epoch.y, [start, 0], [rows, 1]),
    factors: (d) => {
      const offset = plan.dropoutOffsets[batch * widths.length + d]!;
      const columns = widths[d]!;
      return tf.reshape(tf.slice1d(epoch.factors[d]!, offset, rows * columns), [rows, columns]);
    },
  };
}
