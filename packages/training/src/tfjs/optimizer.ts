import type { Tensor1D } from '@tensorflow/tfjs';
import type { Optimizer } from '../training-description.js';
import type { Tf } from './tfjs-backend.js';

type AdamFamily = Extract<Optimizer, { kind: 'adam' | 'adamw' }>;
type Sgd = Extract<Optimizer, { kind: 'sgd' }>;
type RmsProp = Extract<Optimizer, { kind: 'rmsprop' }>;

/** Flat, each as long as the weights, before or after a step. */
export type OptimizerTensors = { weights: Tensor1D; slots: Tensor1D[] };

/** What one step adds. */
export interface OptimizerStep {
  readonly gradient: Tensor1D;
  /** `stepSize` of this step. */
  readonly stepSize: number;
  /** `learningRate` of this step. */
  readonly rate: number;
  /** The weight decay of every weight; adamw only. */
  readonly decay: Tensor1D | null;
}

/** One step of `optimizer`; the rules are written at `Optimizer`. */
export function optimizerStep(
  tf: Tf,
  optimizer: Optimizer,
  before: OptimizerTensors,
  step: OptimizerStep,
): OptimizerTensors {
  switch (optimizer.kind) {
    case 'sgd':
      return sgdStep(tf, optimizer, before, step);
    case 'adam':
    case 'adamw':
      return adamStep(tf, optimizer, before, step);
    case 'rmsprop':
      return rmsPropStep(tf, optimizer, before, step);
  }
}

function sgdStep(tf: Tf, { momentum, nesterov }: Sgd, before: OptimizerTensors, step: OptimizerStep): OptimizerTensors {
  const scaled = tf.mul(step.gradient, step.stepSize);
  const [velocity] = before.slots;
  if (velocity === undefined) return { weights: tf.sub(before.weights, scaled), slots: [] };
  const next: Tensor1D = tf.sub(tf.mul(velocity, momentum), scaled);
  const move = nesterov ? tf.sub(tf.mul(next, momentum), scaled) : next;
  return { weights: tf.add(before.weights, move), slots: [next] };
}

function adamStep(tf: Tf, options: AdamFamily, before: OptimizerTensors, step: OptimizerStep): OptimizerTensors {
  const { beta1, beta2, epsilon } = options;
  const [first, second] = before.slots as [Tensor1D, Tensor1D];
  const decayed: Tensor1D =
    step.decay === null ? before.weights : tf.mul(before.weights, tf.sub(1, tf.mul(step.decay, step.rate)));
  const m = approach(tf, first, step.gradient, 1 - beta1);
  const v = approach(tf, second, tf.square(step.gradient), 1 - beta2);
  const move = tf.div(tf.mul(m, step.stepSize), tf.add(tf.sqrt(v), epsilon));
  return { weights: tf.sub(decayed, move), slots: [m, v] };
}

function rmsPropStep(tf: Tf, { rho, epsilon }: RmsProp, before: OptimizerTensors, step: OptimizerStep) {
  const v = approach(tf, before.slots[0]!, tf.square(step.gradient), 1 - rho);
  const move = tf.div(tf.mul(step.gradient, step.stepSize), tf.sqrt(tf.add(v, epsilon)));
  return { weights: tf.sub(before.weights, move) as Tensor1D, slots: [v] };
}

/** value + share (target - value). */
export function approach(tf: Tf, value: Tensor1D, target: Tensor1D, share: number): Tensor1D {
  return tf.add(value, tf.mul(tf.sub(target, value), share));
}
