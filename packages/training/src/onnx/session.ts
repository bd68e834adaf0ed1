import { InferenceSession, type Tensor } from 'onnxruntime-node';
import type { NativeGate } from '../engine.js';
import { TrainingError } from '../training-error.js';

/** One thread a session: parallelism is between trials. */
const OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};

export type Tensors = Readonly<Record<string, Tensor>>;

/** An onnxruntime session whose every native call goes through the gate. */
export class GatedSession {
  readonly #session: InferenceSession;
  readonly #gate: NativeGate;

  private constructor(session: InferenceSession, gate: NativeGate) {
    this.#session = session;
    this.#gate = gate;
  }

  /** @throws {TrainingError} `ENGINE_FAILED` when the runtime refuses the graph */
  static async open(model: Uint8Array, gate: NativeGate): Promise<GatedSession> {
    const session = await native('load the graph', () => gate.run(() => InferenceSession.create(model, OPTIONS)));
    return new GatedSession(session, gate);
  }

  /** The sizes of an input, a name where the caller chooses; undefined when there is no such tensor. */
  inputShape(name: string): readonly (number | string)[] | undefined {
    return shapeOf(this.#session.inputMetadata, name);
  }

  /** The same of an output. */
  outputShape(name: string): readonly (number | string)[] | undefined {
    return shapeOf(this.#session.outputMetadata, name);
  }

  /** @throws {TrainingError} `ENGINE_FAILED` */
  run(feeds: Tensors): Promise<Tensors> {
    return native('run the graph', () => this.#gate.run(() => this.#session.run(feeds)));
  }

  release(): Promise<void> {
    return native('release the session', () => this.#gate.run(() => this.#session.release()));
  }
}

function shapeOf(all: readonly InferenceSession.ValueMetadata[], name: string) {
  const found = all.find((metadata) => metadata.name === name);
  return found?.isTensor ? found.shape : undefined;
}

async function native<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new TrainingError('ENGINE_FAILED', `onnxruntime could not ${what}: ${String(cause)}`, { cause });
  }
}
