import type { ModelDescription } from './model-description.js';
import type { ModelState } from './model-state.js';
import { type ParameterSlice, parameterLayout } from './parameter-layout.js';
import { randomStream } from './random-stream.js';
import { type Optimizer, slotCount } from './training-description.js';

/**
 * The state before the first step. Kernels: Glorot uniform, within ±sqrt(6 / (inputs + units)), whatever the activation
 * (Keras' default; Glorot and Bengio 2010); biases, betas, running means and slots 0; gammas and running variances 1.
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

function fill(target: Float32Array, { role, shape, layer }: ParameterSlice, seed: number): void {
  switch (role) {
    case 'kernel': {
      const limit = Math.sqrt(6 / (shape[0]! + shape[1]!));
      const stream = randomStream(seed, 'kernel', layer);
      for (let i = 0; i < target.length; i++) target[i] = (2 * stream.next() - 1) * limit;
      return;
    }
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
