import type { InputBlock, Standardization } from '../input-description.js';
import { type LabelHead, residualLoss } from '../label-head.js';
import type { ActivationName, Layer, ModelDescription } from '../model-description.js';
import { type ParameterLayout, parameterLayout } from '../parameter-layout.js';
import type { Loss, ResidualLoss } from '../training-description.js';

/** The slow and obvious twin of both engines: one batch, forward only, in float64. Rows are arrays. */
export interface Float64Batch {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  /** Uniform draws of the d-th dropout layer, rows x columns. */
  readonly draws: readonly (readonly (readonly number[])[])[];
}

type Rows = readonly (readonly number[])[];

/** Mean loss of the batch plus the kernel penalties, in training mode. */
export function float64Objective(
  model: ModelDescription,
  loss: Loss,
  weights: Float64Array,
  batch: Float64Batch,
): number {
  const outputs = float64Forward(model, weights, batch);
  const total = outputs.reduce((sum, row, index) => sum + rowObjective(model.label, loss, row, batch.y[index]!), 0);
  return total / outputs.length + penalties(model, weights);
}

function rowObjective(label: LabelHead, loss: Loss, z: readonly number[], y: number): number {
  switch (label.kind) {
    case 'linear':
      return rowLoss(residualLoss(loss), z[0]! - (y - label.mean) / label.deviation);
    case 'log':
      return rowLoss(residualLoss(loss), z[0]! - (Math.log(y) - label.mean) / label.deviation);
    case 'softplus':
      return rowLoss(residualLoss(loss), Math.log(1 + Math.exp(z[0]!)) - y / label.deviation);
    case 'binary': {
      const p = 1 / (1 + Math.exp(-z[0]!));
      return -Math.log(y === 1 ? p : 1 - p);
    }
    case 'classes':
      return -Math.log(Math.exp(z[y]!) / z.reduce((sum, value) => sum + Math.exp(value), 0));
  }
}

/** Gradient of the objective by central differences. */
export function finiteDifferences(
  model: ModelDescription,
  loss: Loss,
  weights: Float64Array,
  batch: Float64Batch,
  width = 1e-5,
): Float64Array {
  const at = (i: number, shift: number): number => {
    const moved = Float64Array.from(weights);
    moved[i]! += shift;
    return float64Objective(model, loss, moved, batch);
  };
  return weights.map((_, i) => (at(i, width) - at(i, -width)) / (2 * width));
}

function float64Forward(model: ModelDescription, weights: Float64Array, batch: Float64Batch): Rows {
  const layout = parameterLayout(model);
  let rows = batch.x.map((row) => inputRow(model, layout, weights, row));
  let dropouts = 0;
  model.layers.forEach((layer, index) => {
    const draws = layer.kind === 'dropout' ? batch.draws[dropouts++]! : [];
    rows = layerRows(layer, rows, (role) => arrayOf(layout, weights, index, role), draws);
  });
  return rows;
}

function inputRow(
  { input }: ModelDescription,
  layout: ParameterLayout,
  weights: Float64Array,
  row: readonly number[],
): number[] {
  return input.blocks.flatMap((block, index) => blockRow(block, row, () => arrayOf(layout, weights, index, 'table')));
}

function blockRow(block: InputBlock, row: readonly number[], table: () => readonly number[]): readonly number[] {
  switch (block.kind) {
    case 'values':
      return standardized(
        block.columns.map((column) => row[column]!),
        block.standardization,
      );
    case 'oneHot': {
      const category = row[block.column]!;
      const ones = Array.from({ length: block.size }, (_, i) => (i === category ? 1 : 0));
      return standardized(ones, block.standardization);
    }
    case 'embedding': {
      const category = row[block.column]!;
      const start = (category === -1 ? block.size : category) * block.units;
      return table().slice(start, start + block.units);
    }
  }
}

function standardized(values: readonly number[], standardization: Standardization | null): number[] {
  if (standardization === null) return [...values];
  return values.map((value, i) => (value - standardization.mean[i]!) / standardization.deviation[i]!);
}

function layerRows(layer: Layer, rows: Rows, array: (role: string) => readonly number[], draws: Rows): number[][] {
  switch (layer.kind) {
    case 'dense': {
      const kernel = array('kernel');
      const bias = layer.bias ? array('bias') : Array<number>(layer.units).fill(0);
      return rows.map((row) =>
        bias.map((b, unit) => row.reduce((sum, value, i) => sum + value * kernel[i * layer.units + unit]!, b)),
      );
    }
    case 'activation':
      return rows.map((row) => row.map((value) => activate(layer.activation, value)));
    case 'batchNorm':
      return transpose(
        transpose(rows).map((column, c) => normalized(column, layer.epsilon, array('gamma')[c]!, array('beta')[c]!)),
      );
    case 'dropout':
      return rows.map((row, r) => row.map((value, c) => (draws[r]![c]! >= layer.rate ? value / (1 - layer.rate) : 0)));
  }
}

function normalized(column: readonly number[], epsilon: number, gamma: number, beta: number): number[] {
  const mean = average(column);
  const variance = average(column.map((value) => (value - mean) ** 2));
  return column.map((value) => (gamma * (value - mean)) / Math.sqrt(variance + epsilon) + beta);
}

function activate(name: ActivationName, x: number): number {
  switch (name) {
    case 'relu':
      return Math.max(x, 0);
    case 'elu':
      return x > 0 ? x : Math.exp(x) - 1;
    case 'tanh':
      return Math.tanh(x);
    case 'gelu':
      return x * normalCdf(x);
    case 'selu':
      return 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));
  }
}

/** Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + ...), Marsaglia 2004; exact to float64 for the small |x| of tests. */
function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 3; n < 200; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

function rowLoss(loss: ResidualLoss, residual: number): number {
  const size = Math.abs(residual);
  switch (loss.kind) {
    case 'mse':
      return residual ** 2;
    case 'mae':
      return size;
    case 'huber':
      return size <= loss.delta ? residual ** 2 / 2 : loss.delta * (size - loss.delta / 2);
  }
}

function penalties(model: ModelDescription, weights: Float64Array): number {
  const layout = parameterLayout(model);
  return model.layers.reduce((sum, layer, index) => {
    if (layer.kind !== 'dense') return sum;
    const kernel = arrayOf(layout, weights, index, 'kernel');
    return sum + kernel.reduce((part, w) => part + layer.l1 * Math.abs(w) + layer.l2 * w * w, 0);
  }, 0);
}

function arrayOf(layout: ParameterLayout, weights: Float64Array, index: number, role: string): readonly number[] {
  const slice = layout.weights.find((candidate) => candidate.index === index && candidate.role === role)!;
  return [...weights.subarray(slice.offset, slice.offset + slice.length)];
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const transpose = (rows: Rows): number[][] => rows[0]!.map((_, c) => rows.map((row) => row[c]!));
