import type { NativeGate } from '../engine.js';
import { TrainingError } from '../training-error.js';
import type { OnnxPredictor } from './onnx-predictor.js';
import type { OnnxTrainer } from './onnx-trainer.js';

/** What needs onnxruntime-node, whose native library is not there for every platform. */
export interface OnnxClasses {
  readonly OnnxTrainer: typeof OnnxTrainer;
  readonly OnnxPredictor: typeof OnnxPredictor;
}

/**
 * Imported when first used, so that this package can be imported, and tfjs used, where onnxruntime cannot. Loading the
 * native library is a native call: a thread that is ended in the middle of it takes the process along.
 * @throws {TrainingError} `ENGINE_UNAVAILABLE`
 */
export async function importOnnx(gate: NativeGate): Promise<OnnxClasses> {
  try {
    return await gate.run(async () => ({
      ...(await import('./onnx-trainer.js')),
      ...(await import('./onnx-predictor.js')),
    }));
  } catch (cause) {
    const reason = String(cause).split('\n', 1)[0];
    const message = `onnxruntime-node does not load on ${process.platform} ${process.arch}: ${reason}`;
    throw new TrainingError('ENGINE_UNAVAILABLE', message, { cause });
  }
}
