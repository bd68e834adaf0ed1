import type { ModelDescription } from './model-description.js';
import type { ModelState } from './model-state.js';
import { type ParameterSlice, parameterLayout } from './parameter-layout.js';
import { type RandomStream, randomStream } from './random-stream.js';
import { type Optimizer, slotCount } from './training-description.js';

/** Keras 3's `Embedding` starts with `RandomUniform`, whose limits are ±0.05. */
const TABLE_LIMIT = 0.05;

/**
 * The state before the first step. Kernels: Glorot uniform, within ±sqrt(6 / (inputs + units)), whatever the activation
 * (Keras' default; Glorot and Bengio 2010); tables of embeddings: uniform within ±0.05 (Keras' default); biases, betas, running means and slots 0; gammas and running variances 1.
 */
export function initialState(model: ModelDescription, optimizer: Optimizer, seed: number): ModelState {
  const layout = parameterLayout(model);
  return {
    step: 0,
    weights: filled(layout.weights, layout.weightCount, seed),
    statistics: filled(layout.statistics, layout.statisticCount, seed),
    slots: Array.from({ length: slotCount(optimizer) }, () => new Float32Array(layout.weightCount)),
  };
}

function filled(slices: readonly ParameterSlice[], total: number, seed: number): Float32Array {
  const values = new Float32Array(total);
  for (const slice of slices) fill(values.subarray(slice.offset, slice.offset + slice.length), slice, seed);
  return values;
}

function fill(target: Float32Array, { role, shape, index }: ParameterSlice, seed: number): void {
  switch (role) {
    case 'table':
      fillUniformly(target, TABLE_LIMIT, randomStream(seed, 'table', index));
      return;
    case 'kernel':
      fillUniformly(target, Math.sqrt(6 / (shape[0]! + shape[1]!)), randomStream(seed, 'kernel', index));
      return;
    case 'gamma':
    case 'runningVariance':
      target.fill(1);
      return;
    case 'bias':
    case 'beta':
    case 'runningMean':
      return;
  }
}

function fillUniformly(target: Float32Array, limit: number, stream: RandomStream): void {
  for (let i = 0; i < target.length; i++) target[i] = (2 * stream.next() - 1) * limit;
}
