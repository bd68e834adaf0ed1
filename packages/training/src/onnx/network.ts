import { type Layer, layerWidths, type ModelDescription } from '../model-description.js';
import { arrayName, type ParameterRole, type ParameterSlice, parameterLayout } from '../parameter-layout.js';
import type { GraphBuilder, Value } from './graph-builder.js';
import { type StoredRows, tableGradients } from './input.js';
import { activationForward, emitActivation } from './layers/activation.js';
import { batchNormForward, emitBatchNorm } from './layers/batch-norm.js';
import { denseForward, emitDense } from './layers/dense.js';
import { emitDropout } from './layers/dropout.js';
import type { EmittedLayer, LayerArrays, StepValues } from './layers/emitted-layer.js';

/** The model's arrays as graph values, by name (`layers[3].kernel`). */
export type NamedArrays = ReadonlyMap<string, Value>;

/** The network as inference sees it: input of the first layer to the last layer's outputs, [rows, units]. */
export function emitForward(graph: GraphBuilder, model: ModelDescription, arrays: NamedArrays, x: Value): Value {
  let value = x;
  model.layers.forEach((layer, index) => {
    value = layerForward(graph, layer, arraysOf(arrays, index), value);
  });
  return value;
}

function layerForward(graph: GraphBuilder, layer: Layer, arrays: LayerArrays, x: Value): Value {
  switch (layer.kind) {
    case 'dense':
      return denseForward(graph, layer, arrays, x);
    case 'activation':
      return activationForward(graph, layer.activation, x);
    case 'batchNorm':
      return batchNormForward(graph, layer, arrays, x);
    case 'dropout':
      return x;
  }
}

/** A training step's inputs beside the batch. */
export interface NetworkStep extends StepValues {
  readonly arrays: NamedArrays;
  /** The factors of the d-th dropout layer for this batch, flat. */
  readonly dropoutWindow: (dropoutLayer: number) => Value;
}

/** The network in training; every layer's forward nodes are in the graph. */
export function emitTraining(
  graph: GraphBuilder,
  model: ModelDescription,
  step: NetworkStep,
  x: Value,
): EmittedLayer[] {
  const widths = layerWidths(model);
  let dropouts = 0;
  let value = x;
  return model.layers.map((layer, index) => {
    const arrays = arraysOf(step.arrays, index);
    const emitted = layerTraining(graph, layer, value, {
      arrays,
      columns: widths[index]!,
      step,
      dropoutLayer: layer.kind === 'dropout' ? dropouts++ : -1,
    });
    value = emitted.output;
    return emitted;
  });
}

interface LayerContext {
  readonly arrays: LayerArrays;
  readonly columns: number;
  readonly step: NetworkStep;
  readonly dropoutLayer: number;
}

function layerTraining(graph: GraphBuilder, layer: Layer, x: Value, context: LayerContext): EmittedLayer {
  switch (layer.kind) {
    case 'dense':
      return emitDense(graph, layer, context.arrays, x, context.step);
    case 'activation':
      return emitActivation(graph, layer.activation, x);
    case 'batchNorm':
      return emitBatchNorm(graph, layer, context.arrays, x, context.step);
    case 'dropout':
      return emitDropout(graph, context.columns, x, context.step.dropoutWindow(context.dropoutLayer));
  }
}

/** Backward through all layers and into the tables of the input. Returns the flat gradient, laid out like the weights. */
export function emitBackward(
  graph: GraphBuilder,
  model: ModelDescription,
  network: { readonly rows: StoredRows; readonly layers: readonly EmittedLayer[] },
  outputGradient: Value,
): Value {
  const layout = parameterLayout(model);
  const byName = new Map<string, Value>();
  const tables = layout.weights[0]!.role === 'table';
  const first = tables ? 0 : layout.weights[0]!.index;
  let gradient = outputGradient;
  for (let index = network.layers.length - 1; index >= first; index--) {
    const backward = network.layers[index]!.backward(gradient);
    for (const [role, value] of Object.entries(backward.gradients)) {
      byName.set(arrayName(index, role as ParameterRole), value);
    }
    if (tables || index > first) gradient = backward.input();
  }
  for (const [name, value] of tableGradients(graph, model.input, network.rows, gradient)) byName.set(name, value);
  return concatenated(graph, layout.weights, byName);
}

/** Cuts a flat vector into the model's arrays. */
export function splitArrays(graph: GraphBuilder, slices: readonly ParameterSlice[], flat: Value): NamedArrays {
  if (slices.length === 0) return new Map();
  const parts =
    slices.length === 1
      ? [flat]
      : graph.ops('Split', [flat, graph.int64s(slices.map((slice) => slice.length))], slices.length, { axis: 0 });
  return new Map(
    slices.map(({ name, shape }, i) => [name, shape.length === 1 ? parts[i]! : graph.reshape(parts[i]!, shape)]),
  );
}

/** The inverse of `splitArrays`. */
export function concatenated(graph: GraphBuilder, slices: readonly ParameterSlice[], arrays: NamedArrays): Value {
  const parts = slices.map(({ name, shape }) => {
    const array = arrayNamed(arrays, name);
    return shape.length === 1 ? array : graph.reshape(array, [-1]);
  });
  return parts.length === 1 ? parts[0]! : graph.op('Concat', parts, { axis: 0 });
}

function arraysOf(arrays: NamedArrays, layer: number): LayerArrays {
  return (role) => arrayNamed(arrays, arrayName(layer, role));
}

/** An array that the graph does not have is a defect. */
export function arrayNamed(arrays: NamedArrays, name: string): Value {
  const value = arrays.get(name);
  if (value === undefined) throw new Error(`the graph has no array ${name}`);
  return value;
}
