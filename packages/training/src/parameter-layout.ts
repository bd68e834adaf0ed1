import { layerWidths, type ModelDescription } from './model-description.js';

/** What an array of the model is; a table is an embedding's. Kernels alone get penalties and weight decay. */
export type ParameterRole = 'table' | 'kernel' | 'bias' | 'gamma' | 'beta' | 'runningMean' | 'runningVariance';

/** Where one array of the model lies inside the flat `weights` or `statistics`. */
export interface ParameterSlice {
  /** `blocks[0].table` or `layers[3].kernel`; see `arrayName`. */
  readonly name: string;
  /** Counts every block of the input for a table, every layer of the description for the others. */
  readonly index: number;
  readonly role: ParameterRole;
  /** table: [size + 1, units]; kernel: [inputs, units]; row-major. The others: [columns]. */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/**
 * The model's arrays, those of its input first, in the order of blocks and layers. Trainable: table of an embedding; kernel
 * then bias of a dense layer; gamma then beta of a batch norm. Statistics: running mean then running variance of a batch
 * norm.
 */
export interface ParameterLayout {
  readonly weights: readonly ParameterSlice[];
  readonly weightCount: number;
  readonly statistics: readonly ParameterSlice[];
  readonly statisticCount: number;
}

export function parameterLayout(model: ModelDescription): ParameterLayout {
  const widths = layerWidths(model);
  const weights = new SliceList();
  const statistics = new SliceList();
  model.input.blocks.forEach((block, index) => {
    if (block.kind === 'embedding') weights.add(index, 'table', [block.size + 1, block.units]);
  });
  model.layers.forEach((layer, index) => {
    const inputs = widths[index]!;
    if (layer.kind === 'dense') {
      weights.add(index, 'kernel', [inputs, layer.units]);
      if (layer.bias) weights.add(index, 'bias', [layer.units]);
    } else if (layer.kind === 'batchNorm') {
      weights.add(index, 'gamma', [inputs]);
      weights.add(index, 'beta', [inputs]);
      statistics.add(index, 'runningMean', [inputs]);
      statistics.add(index, 'runningVariance', [inputs]);
    }
  });
  return {
    weights: weights.slices,
    weightCount: weights.total,
    statistics: statistics.slices,
    statisticCount: statistics.total,
  };
}

/** The name of an array: its role decides whether the index counts blocks or layers. */
export function arrayName(index: number, role: ParameterRole): string {
  return role === 'table' ? `blocks[${index}].table` : `layers[${index}].${role}`;
}

/** How many numbers the optimizer trains: tables, kernels, biases, gammas and betas. */
export function trainableCount(model: ModelDescription): number {
  return parameterLayout(model).weightCount;
}

/** A factor for every weight: its layer's where it belongs to a kernel, else 0. */
export function kernelVector(layout: ParameterLayout, factorOf: (layer: number) => number): Float32Array {
  const factors = new Float32Array(layout.weightCount);
  for (const { role, index, offset, length } of layout.weights) {
    if (role === 'kernel') factors.fill(factorOf(index), offset, offset + length);
  }
  return factors;
}

class SliceList {
  readonly slices: ParameterSlice[] = [];
  total = 0;

  add(index: number, role: ParameterRole, shape: readonly number[]): void {
    const length = shape.reduce((product, n) => product * n, 1);
    this.slices.push({ name: arrayName(index, role), index, role, shape, offset: this.total, length });
    this.total += length;
  }
}
