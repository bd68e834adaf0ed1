import type { BatchPlan } from './batch-plan.js';
import type { ModelDescription } from './model-description.js';
import type { ModelState, ModelWeights } from './model-state.js';
import type { TrainingDescription } from './training-description.js';

/** Rows in memory: x is rows x features, row-major; y the labels in their own units. May lie on a SharedArrayBuffer. */
export interface Chunk {
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/**
 * Every call into native code passes through here, so that whoever wants to end the thread can wait for it: killing a
 * thread inside onnxruntime aborts the process. Calls are never nested.
 */
export interface NativeGate {
  run<T>(call: () => Promise<T>): Promise<T>;
}

/** For a process whose threads nobody terminates. */
export const OPEN_GATE: NativeGate = { run: (call) => call() };

/** A runtime that trains and predicts. Both engines give the same losses from the same inputs, to float32 tolerance. */
export interface Engine {
  /** `onnx`, `tfjs wasm` ...: what the run says it took. */
  readonly name: string;
  /** @throws {TrainingError} `BAD_MODEL`, `BAD_TRAINING`, `BAD_STATE`, `ENGINE_FAILED` */
  createTrainer(options: TrainerOptions): Promise<Trainer>;
  /** @throws {TrainingError} `BAD_MODEL`, `BAD_STATE`, `ENGINE_FAILED` */
  createPredictor(options: PredictorOptions): Promise<Predictor>;
}

export interface TrainerOptions {
  readonly model: ModelDescription;
  readonly training: TrainingDescription;
  /** Where training starts: `initialState(...)` or a checkpoint's. */
  readonly state: ModelState;
}

export interface PredictorOptions {
  readonly model: ModelDescription;
  readonly weights: ModelWeights;
}

/** Predicts with fixed weights. */
export interface Predictor {
  /**
   * @param x rows x input.width stored columns, row-major
   * @returns one prediction per row, in the label's units; for a label of kind classes `size` probabilities per row
   */
  predict(x: Float32Array, rows: number): Promise<Float32Array>;
  /** Frees native memory; nothing may be called afterwards. */
  dispose(): Promise<void>;
}

/** A model in training. Calls must not overlap. */
export interface Trainer extends Predictor {
  /**
   * One epoch over the chunk, one optimizer step per batch; the step count drives the schedule.
   * @returns the mean loss of each batch before its update, in network units and without penalties. After a batch that is
   * not finite the others need not be trained.
   */
  train(chunk: Chunk, plan: BatchPlan): Promise<Float32Array>;
  /** A snapshot that later training does not change. */
  state(): Promise<ModelState>;
}
