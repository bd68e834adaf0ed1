import type { KernelBackend, Tensor, TensorContainer } from '@tensorflow/tfjs';
import type { NativeGate } from '../engine.js';
import { TrainingError } from '../training-error.js';
import { REGISTERED_NAMES, type Tf, type TfjsBackend } from './tfjs-backend.js';

/** TensorFlow.js on one backend; every use of it goes through the gate. */
export class TfjsRuntime {
  readonly tf: Tf;
  readonly #backend: TfjsBackend;
  readonly #gate: NativeGate;

  constructor(tf: Tf, backend: TfjsBackend, gate: NativeGate) {
    this.tf = tf;
    this.#backend = backend;
    this.#gate = gate;
  }

  /**
   * Tensors that `work` returns live on, all others that it makes are freed.
   * @throws {TrainingError} `ENGINE_FAILED`
   */
  run<T extends TensorContainer>(what: string, work: () => T): Promise<T> {
    return this.#native(what, async () => this.tf.tidy(work));
  }

  /**
   * The tensor's numbers; frees it.
   * @throws {TrainingError} `ENGINE_FAILED`
   */
  take(tensor: Tensor): Promise<Float32Array> {
    return this.#native('read a tensor', async () => {
      const values = (await tensor.data()) as Float32Array;
      tensor.dispose();
      return values;
    });
  }

  /** The backend is the whole process's; another engine may have changed it since. */
  async #native<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#gate.run(async () => {
        const name = REGISTERED_NAMES[this.#backend];
        if (this.tf.getBackend() !== name) await this.tf.setBackend(name);
        const result = await work();
        if (this.#backend === 'webgpu') await deviceIdle(this.tf);
        return result;
      });
    } catch (cause) {
      const message = `TensorFlow.js on ${this.#backend} could not ${what}: ${String(cause)}`;
      throw new TrainingError('ENGINE_FAILED', message, { cause });
    }
  }
}

/**
 * WebGPU's calls return before the device has computed. Without waiting, the work of a whole chunk would pile up, and the call
 * that reads the losses take as long as all of it: too long for whoever wants the thread to end.
 */
function deviceIdle(tf: Tf): Promise<void> {
  return (tf.backend() as KernelBackend & WebgpuBackend).queue.onSubmittedWorkDone();
}

/** The part of the WebGPU backend that TensorFlow.js' own type does not have. */
interface WebgpuBackend {
  readonly queue: { onSubmittedWorkDone(): Promise<void> };
}
