import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { ActivationName, Layer, ModelDescription } from '../model-description.js';
import type { ParameterRole, ParameterSlice } from '../parameter-layout.js';
import type { Tf } from './tfjs-backend.js';

/** The model's arrays by name (`layers[3].kernel`), in their shapes. */
export type NamedTensors = ReadonlyMap<string, Tensor>;

/** What a forward pass in training does beside computing. */
export interface TrainingPass {
  /** What the d-th dropout layer multiplies its input with, [rows, columns]. */
  factors(dropoutLayer: number): Tensor2D;
  /** Gets the batch's statistics of every batch norm, in the order of the layers. */
  observe(mean: Tensor1D, variance: Tensor1D): void;
}

/** Cuts a flat tensor into its slices, each in its shape. */
export function splitTensor(tf: Tf, flat: Tensor1D, slices: readonly ParameterSlice[]): Tensor[] {
  const parts = tf.split(
    flat,
    slices.map(({ length }) => length),
  );
  return parts.map((part, i) => part.reshape([...slices[i]!.shape]));
}

export function namedTensors(slices: readonly ParameterSlice[], tensors: readonly Tensor[]): Map<string, Tensor> {
  return new Map(slices.map(({ name }, i) => [name, tensors[i]!]));
}

/**
 * Input of the first layer to the last layer's outputs, [rows, units].
 * @param training null: as inference sees the network
 */
export function forward(
  tf: Tf,
  model: ModelDescription,
  arrays: NamedTensors,
  x: Tensor2D,
  training: TrainingPass | null,
): Tensor2D {
  let value = x;
  let dropouts = 0;
  model.layers.forEach((layer, index) => {
    const array = <T extends Tensor>(role: ParameterRole): T => arrays.get(`layers[${index}].${role}`) as T;
    switch (layer.kind) {
      case 'dense':
        value = denseLayer(tf, layer, array, value);
        return;
      case 'activation':
        value = activate(tf, layer.activation, value);
        return;
      case 'batchNorm':
        value = batchNormLayer(tf, layer, array, value, training);
        return;
      case 'dropout':
        if (training !== null) value = tf.mul(value, training.factors(dropouts++));
        return;
    }
  });
  return value;
}

type LayerArray = <T extends Tensor>(role: ParameterRole) => T;
type LayerOf<K extends Layer['kind']> = Extract<Layer, { kind: K }>;

function denseLayer(tf: Tf, layer: LayerOf<'dense'>, array: LayerArray, x: Tensor2D): Tensor2D {
  const product = tf.matMul(x, array<Tensor2D>('kernel')) as Tensor2D;
  return layer.bias ? tf.add(product, array<Tensor1D>('bias')) : product;
}

function batchNormLayer(
  tf: Tf,
  { epsilon }: LayerOf<'batchNorm'>,
  array: LayerArray,
  x: Tensor2D,
  training: TrainingPass | null,
): Tensor2D {
  const batch = training === null ? null : tf.moments(x, 0);
  const mean = (batch?.mean ?? array('runningMean')) as Tensor1D;
  const variance = (batch?.variance ?? array('runningVariance')) as Tensor1D;
  training?.observe(mean, variance);
  const normalized = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(normalized, array<Tensor1D>('gamma')), array<Tensor1D>('beta'));
}

function activate(tf: Tf, name: ActivationName, x: Tensor2D): Tensor2D {
  switch (name) {
    case 'relu':
      return tf.relu(x);
    case 'elu':
      return tf.elu(x);
    case 'tanh':
      return tf.tanh(x);
    case 'gelu': {
      const cdf = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
      return tf.mul(x, cdf);
    }
    case 'selu':
      return tf.selu(x);
  }
}
