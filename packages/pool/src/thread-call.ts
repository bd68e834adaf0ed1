import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { TrialOutcome, TrialTask } from '@assay/study';
import type { Piscina } from 'piscina';
import { guardExit, releaseExit } from './exit-guard.js';
import { closeGate, createGateCell, markClosed } from './native-gate.js';
import { PoolError } from './pool-error.js';
import type { LoadRequest, TrialRequest, Verdict, WorkerAnswer, WorkerMessage } from './protocol.js';

/** One request to one worker thread, and the only way to end that thread. */
export class ThreadCall {
  readonly #piscina: Piscina;
  readonly #gate = createGateCell();
  readonly #abort = new AbortController();
  readonly #channel = new MessageChannel();
  #settled = false;

  /** @param onMessage called for every message, in order; the last call is before the answer */
  constructor(piscina: Piscina, onMessage: (message: WorkerMessage) => void) {
    this.#piscina = piscina;
    this.#channel.port1.on('message', onMessage);
  }

  /**
   * @throws {PoolError} when the worker cannot load the study
   * @throws whatever ended the worker, when it did not live to answer
   */
  async load(): Promise<void> {
    await this.#send<null>('load', { port: this.#channel.port2, gate: this.#gate } satisfies LoadRequest);
  }

  /** Rejects as `load` does. */
  runTrial(task: TrialTask): Promise<TrialOutcome> {
    const request = { task, port: this.#channel.port2, gate: this.#gate } satisfies TrialRequest;
    return this.#send<TrialOutcome>('runTrial', request);
  }

  reply(verdict: Verdict): void {
    this.#channel.port1.postMessage(verdict);
  }

  /** Resolves when no native call runs in the worker; from then on none starts. */
  seal(): Promise<void> {
    return closeGate(this.#gate);
  }

  /** Seals the worker thread, then ends it; the call then rejects, unless its answer came first. */
  async kill(): Promise<void> {
    await this.seal();
    if (!this.#settled) this.#abort.abort();
  }

  async #send<T>(name: 'load' | 'runTrial', request: LoadRequest): Promise<T> {
    guardExit(this.#gate);
    try {
      const options = { name, transferList: [request.port], signal: this.#abort.signal };
      const answer: WorkerAnswer<T> = await this.#piscina.run(request, options);
      if (answer.kind === 'done') return answer.value;
      throw new PoolError(answer.code, answer.message, { cause: withStack(answer.message, answer.stack) });
    } finally {
      this.#settled = true;
      markClosed(this.#gate); // a worker that died inside a native call left its gate as it was
      releaseExit(this.#gate);
      this.#hangUp();
    }
  }

  /** The worker sends nothing any more, but its last messages may not have been delivered yet. */
  #hangUp(): void {
    const { port1 } = this.#channel;
    for (let next = receiveMessageOnPort(port1); next; next = receiveMessageOnPort(port1)) {
      port1.emit('message', next.message);
    }
    port1.close();
  }
}

function withStack(message: string, stack: string | null): Error {
  const error = new Error(message);
  if (stack !== null) error.stack = stack;
  return error;
}
