import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { ModelDescription } from '../model-description.js';
import type { ParameterLayout } from '../parameter-layout.js';
import { learningRate, stepSize, type TrainingDescription } from '../training-description.js';
import { joinInput } from './input-rows.js';
import { forward, namedTensors, splitTensor } from './network.js';
import { meanLoss, penaltyOf } from './objective.js';
import { approach, optimizerStep } from './optimizer.js';
import type { Tf } from './tfjs-backend.js';

/** What goes from one step to the next: flat weights and slots, and each running statistic. */
export type StateTensors = { weights: Tensor1D; slots: Tensor1D[]; statistics: Tensor1D[] };

/** One batch: picked rows, and targets in network units. */
export interface BatchTensors {
  readonly x: Tensor2D;
  readonly y: Tensor2D;
  readonly factors: (dropoutLayer: number) => Tensor2D;
}

/** What stays the same during a training. */
export interface StepContext {
  readonly tf: Tf;
  readonly model: ModelDescription;
  readonly layout: ParameterLayout;
  readonly training: TrainingDescription;
  /** adamw's weight decay of every weight; null for the others. */
  readonly decay: Tensor1D | null;
}

/** One optimizer step, to be run inside `tf.tidy`. @param step the global step, from 0 */
export function trainingStep(
  context: StepContext,
  before: StateTensors,
  batch: BatchTensors,
  step: number,
): { loss: Scalar; after: StateTensors } {
  const { tf, training } = context;
  const { loss, gradient, moments } = differentiate(context, before.weights, batch);
  const updated = optimizerStep(tf, training.optimizer, before, {
    gradient: training.clipNorm === null ? gradient : clip(tf, gradient, training.clipNorm),
    stepSize: stepSize(training, step),
    rate: learningRate(training.schedule, step),
    decay: context.decay,
  });
  const statistics = moveStatistics(context, before.statistics, moments);
  return { loss, after: { ...updated, statistics } };
}

interface Differentiated {
  /** Without penalties. */
  readonly loss: Scalar;
  /** Of the loss with penalties, flat. */
  readonly gradient: Tensor1D;
  /** The batch's mean and variance of every batch norm. */
  readonly moments: readonly Tensor1D[];
}

function differentiate(
  { tf, model, layout, training }: StepContext,
  weights: Tensor1D,
  batch: BatchTensors,
): Differentiated {
  const moments: Tensor1D[] = [];
  let loss!: Scalar;
  const objective = (...tensors: Tensor[]): Scalar => {
    const arrays = namedTensors(layout.weights, tensors);
    const output = forward(tf, model, arrays, joinInput(tf, model.input, batch.x, arrays), {
      factors: batch.factors,
      observe: (mean, variance) => void moments.push(tf.keep(mean), tf.keep(variance)),
    });
    loss = tf.keep(meanLoss(tf, { label: model.label, loss: training.loss }, output, batch.y));
    const penalty = penaltyOf(tf, model, arrays);
    return penalty === null ? loss : tf.add(loss, penalty);
  };
  const { grads } = tf.valueAndGrads(objective)(splitTensor(tf, weights, layout.weights));
  return { loss, gradient: tf.concat1d(grads.map((part) => part.flatten())), moments };
}

/** Scales the gradient by limit / max(norm, limit): never up, and a zero gradient stays zero. */
function clip(tf: Tf, gradient: Tensor1D, limit: number): Tensor1D {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.mul(gradient, tf.div(limit, tf.maximum(norm, limit)));
}

/** running + (1 - momentum)(batch - running); frees the batch's moments, which outlived their scope. */
function moveStatistics(
  { tf, model, layout }: StepContext,
  running: Tensor1D[],
  moments: readonly Tensor1D[],
): Tensor1D[] {
  return layout.statistics.map(({ index }, i) => {
    const described = model.layers[index]!;
    const momentum = described.kind === 'batchNorm' ? described.momentum : 0;
    const moved = approach(tf, running[i]!, moments[i]!, 1 - momentum);
    moments[i]!.dispose();
    return moved;
  });
}
