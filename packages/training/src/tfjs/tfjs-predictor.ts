import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { checkCategories, checkRows } from '../check-rows.js';
import type { Predictor, PredictorOptions } from '../engine.js';
import { outputCount } from '../label-head.js';
import { checkModel, type ModelDescription } from '../model-description.js';
import { checkWeights, type ModelWeights } from '../model-state.js';
import { type ParameterLayout, parameterLayout } from '../parameter-layout.js';
import { joinInput, pickedTensor, pickRows } from './input-rows.js';
import { predictionTensor } from './label-head.js';
import { forward, namedTensors, splitTensor } from './network.js';
import type { TfjsRuntime } from './tfjs-runtime.js';

/** Keeps the intermediate results of one pass small. */
const ROWS_PER_PASS = 8192;

/** What inference needs on the backend: flat weights and each running statistic. */
export type WeightTensors = { weights: Tensor1D; statistics: Tensor1D[] };

/** To be run inside `tf.tidy`. */
export function weightTensors(
  { tf }: TfjsRuntime,
  layout: ParameterLayout,
  { weights, statistics }: ModelWeights,
): WeightTensors {
  return {
    weights: tf.tensor1d(weights),
    statistics: layout.statistics.map(({ offset, length }) => tf.tensor1d(statistics.slice(offset, offset + length))),
  };
}

/** @throws {TrainingError} `BAD_DATA`, `ENGINE_FAILED` */
export async function predictRows(
  runtime: TfjsRuntime,
  model: ModelDescription,
  tensors: WeightTensors,
  x: Float32Array,
  rows: number,
): Promise<Float32Array> {
  checkRows(x, rows, model.input.width);
  checkCategories(x, model.input);
  const outputs = outputCount(model.label);
  const predictions = new Float32Array(rows * outputs);
  for (let start = 0; start < rows; start += ROWS_PER_PASS) {
    const part = x.subarray(start * model.input.width, (start + ROWS_PER_PASS) * model.input.width);
    const output = await runtime.run('predict', () => predictTensor(runtime, model, tensors, part));
    predictions.set(await runtime.take(output), start * outputs);
  }
  return predictions;
}

function predictTensor(
  { tf }: TfjsRuntime,
  model: ModelDescription,
  { weights, statistics }: WeightTensors,
  x: Float32Array,
): Tensor2D {
  const layout = parameterLayout(model);
  const arrays = new Map([
    ...namedTensors(layout.weights, splitTensor(tf, weights, layout.weights)),
    ...namedTensors(layout.statistics, statistics),
  ]);
  const picked = pickedTensor(tf, model.input, pickRows(model.input, x, null));
  const output = forward(tf, model, arrays, joinInput(tf, model.input, picked, arrays), null);
  return predictionTensor(tf, model.label, output);
}

/** Predicts with weights that stay on the backend. */
export class TfjsPredictor implements Predictor {
  readonly #runtime: TfjsRuntime;
  readonly #model: ModelDescription;
  readonly #tensors: WeightTensors;

  private constructor(runtime: TfjsRuntime, model: ModelDescription, tensors: WeightTensors) {
    this.#runtime = runtime;
    this.#model = model;
    this.#tensors = tensors;
  }

  static async create({ model, weights }: PredictorOptions, runtime: TfjsRuntime): Promise<TfjsPredictor> {
    checkModel(model);
    checkWeights(model, weights);
    const layout = parameterLayout(model);
    const tensors = await runtime.run('take weights', () => weightTensors(runtime, layout, weights));
    return new TfjsPredictor(runtime, model, tensors);
  }

  predict(x: Float32Array, rows: number): Promise<Float32Array> {
    return predictRows(this.#runtime, this.#model, this.#tensors, x, rows);
  }

  dispose(): Promise<void> {
    return this.#runtime.run('free tensors', () => this.#runtime.tf.dispose(this.#tensors));
  }
}
