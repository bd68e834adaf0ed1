import { outputCount } from '../label-head.js';
import type { ModelDescription } from '../model-description.js';
import type { ModelWeights } from '../model-state.js';
import { parameterLayout } from '../parameter-layout.js';
import { GraphBuilder, type Value } from './graph-builder.js';
import { emitRows, joinInput } from './input.js';
import { emitPrediction } from './label-head.js';
import { arrayNamed, emitForward, type NamedArrays, splitArrays } from './network.js';
import { encodeModel } from './onnx-proto.js';

/** Names of the model file's input, [rows, width] stored columns, and output, [rows, 1] in the label's units, or [rows, classes]. */
export const FEATURES = 'features';
export const PREDICTION = 'prediction';

/** The model file: weights inside, stored columns in, predictions in the label's units out. */
export function modelFileGraph(model: ModelDescription, { weights, statistics }: ModelWeights): Uint8Array {
  const graph = new GraphBuilder();
  const layout = parameterLayout(model);
  const arrays = new Map<string, Value>();
  for (const { name, shape, offset, length } of layout.weights) {
    arrays.set(name, graph.floats(weights.subarray(offset, offset + length), shape, name));
  }
  for (const { name, shape, offset, length } of layout.statistics) {
    arrays.set(name, graph.floats(statistics.subarray(offset, offset + length), shape, name));
  }
  return finish(graph, model, arrays);
}

/** The same network with its flat weights and statistics as inputs: predicts while training without a new session. */
export function validationGraph(model: ModelDescription): Uint8Array {
  const graph = new GraphBuilder();
  const layout = parameterLayout(model);
  const weights = graph.input('weights', 'float32', [layout.weightCount]);
  const arrays = new Map(splitArrays(graph, layout.weights, weights));
  if (layout.statisticCount > 0) {
    const statistics = graph.input('statistics', 'float32', [layout.statisticCount]);
    for (const [name, value] of splitArrays(graph, layout.statistics, statistics)) arrays.set(name, value);
  }
  return finish(graph, model, arrays);
}

function finish(graph: GraphBuilder, model: ModelDescription, arrays: NamedArrays): Uint8Array {
  const stored = graph.input(FEATURES, 'float32', ['rows', model.input.width]);
  const rows = emitRows(graph, model.input, stored);
  const input = joinInput(graph, model.input, rows, (name) => arrayNamed(arrays, name));
  const output = emitForward(graph, model, arrays, input);
  const prediction = emitPrediction(graph, model.label, output);
  graph.output(prediction, 'float32', ['rows', outputCount(model.label)], PREDICTION);
  return encodeModel(graph.build('inference'));
}
