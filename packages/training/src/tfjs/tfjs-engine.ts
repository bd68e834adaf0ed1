import { type Engine, type NativeGate, OPEN_GATE } from '../engine.js';
import { loadTfjs, type RefusedBackend, type TfjsBackend } from './tfjs-backend.js';
import { TfjsPredictor } from './tfjs-predictor.js';
import { TfjsRuntime } from './tfjs-runtime.js';
import { TfjsTrainer } from './tfjs-trainer.js';

export interface TfjsOptions {
  /** The backends to try, in this order; default: all but WebGPU, the fastest first. */
  readonly backends?: readonly TfjsBackend[];
}

export interface TfjsEngine extends Engine {
  readonly backend: TfjsBackend;
  /** Backends that were tried before this one. */
  readonly refused: readonly RefusedBackend[];
}

/**
 * TensorFlow.js, op by op, gradients by its automatic differentiation: the way to a GPU, and the check on the onnx engine.
 * The backend is the whole process's, so engines on two backends must not compute at the same time.
 * @throws {TrainingError} `ENGINE_UNAVAILABLE` when no backend works here
 */
export async function tfjsEngine(gate: NativeGate = OPEN_GATE, options: TfjsOptions = {}): Promise<TfjsEngine> {
  const { tf, backend, refused } = await gate.run(() => loadTfjs(options.backends));
  const runtime = new TfjsRuntime(tf, backend, gate);
  return {
    name: `tfjs ${backend}`,
    backend,
    refused,
    createTrainer: (trainer) => TfjsTrainer.create(trainer, runtime),
    createPredictor: (predictor) => TfjsPredictor.create(predictor, runtime),
  };
}
