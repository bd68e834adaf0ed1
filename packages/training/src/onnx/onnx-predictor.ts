import { checkCategories, checkRows } from '../check-rows.js';
import type { NativeGate, Predictor, PredictorOptions } from '../engine.js';
import { type InputDescription, plainInput } from '../input-description.js';
import { outputCount } from '../label-head.js';
import { layerWidths, type ModelDescription } from '../model-description.js';
import type { ModelWeights } from '../model-state.js';
import { TrainingError } from '../training-error.js';
import { FEATURES, PREDICTION, validationGraph } from './inference-graph.js';
import { GatedSession, type Tensors } from './session.js';
import { float32Tensor, PrivateCopies } from './tensors.js';

/** Numbers that one native call may write, over all layers: keeps intermediate results near the cache, calls short. */
const NUMBERS_PER_CALL = 2 ** 20;

/** A model file does not tell its layers' widths, nor which columns hold categories: the runtime refuses those too large. */
const LOADED_ROWS_PER_CALL = 4096;

interface PredictorShape {
  readonly input: InputDescription;
  readonly outputs: number;
  readonly rowsPerCall: number;
}

/** An inference session, with the weights inside the graph or given with each call. */
export class OnnxPredictor implements Predictor {
  /** Columns of a stored row. */
  readonly width: number;
  /** Numbers of a prediction: one, or one for each class. */
  readonly outputs: number;
  readonly #input: InputDescription;
  readonly #session: GatedSession;
  readonly #rowsPerCall: number;
  readonly #features = new PrivateCopies();
  #weights: Tensors = {};

  private constructor(session: GatedSession, { input, outputs, rowsPerCall }: PredictorShape) {
    this.#session = session;
    this.#input = input;
    this.width = input.width;
    this.outputs = outputs;
    this.#rowsPerCall = rowsPerCall;
  }

  static async create({ model, weights }: PredictorOptions, gate: NativeGate): Promise<OnnxPredictor> {
    const session = await GatedSession.open(validationGraph(model), gate);
    const predictor = new OnnxPredictor(session, {
      input: model.input,
      outputs: outputCount(model.label),
      rowsPerCall: rowsPerCall(model),
    });
    predictor.use(weights);
    return predictor;
  }

  /** @param file what `modelFileGraph` made */
  static async fromModelFile(file: Uint8Array, gate: NativeGate): Promise<OnnxPredictor> {
    const session = await GatedSession.open(file, gate);
    const width = session.inputShape(FEATURES)?.[1];
    const outputs = session.outputShape(PREDICTION)?.[1];
    if (typeof width === 'number' && typeof outputs === 'number') {
      return new OnnxPredictor(session, { input: plainInput(width), outputs, rowsPerCall: LOADED_ROWS_PER_CALL });
    }
    await session.release();
    throw new TrainingError(
      'BAD_STATE',
      `not a model file of ours: it has no input ${FEATURES} or output ${PREDICTION} of a fixed width`,
    );
  }

  /** Predicts with these weights from now on. */
  use({ weights, statistics }: ModelWeights): void {
    this.#weights = {
      weights: float32Tensor(weights, [weights.length]),
      ...(statistics.length > 0 && { statistics: float32Tensor(statistics, [statistics.length]) }),
    };
  }

  async predict(x: Float32Array, rows: number): Promise<Float32Array> {
    checkRows(x, rows, this.width);
    checkCategories(x, this.#input);
    const predictions = new Float32Array(rows * this.outputs);
    for (let start = 0; start < rows; start += this.#rowsPerCall) {
      const count = Math.min(this.#rowsPerCall, rows - start);
      const part = this.#features.of(x.subarray(start * this.width, (start + count) * this.width));
      const feeds = { ...this.#weights, [FEATURES]: float32Tensor(part, [count, this.width]) };
      const result = await this.#session.run(feeds);
      predictions.set(result[PREDICTION]!.data as Float32Array, start * this.outputs);
    }
    return predictions;
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }
}

function rowsPerCall(model: ModelDescription): number {
  const numbers = layerWidths(model).reduce((sum, width) => sum + width, model.input.width);
  return Math.max(1, Math.floor(NUMBERS_PER_CALL / numbers));
}
