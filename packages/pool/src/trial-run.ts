import type { TrialHooks, TrialOutcome, TrialTask } from '@assay/study';
import type { Piscina } from 'piscina';
import { PoolError } from './pool-error.js';
import type { WorkerMessage } from './protocol.js';
import { ThreadCall } from './thread-call.js';

/** `setTimeout` takes no more (24.8 days). */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const STOPPED: TrialOutcome = { kind: 'failed', reason: 'stopped', message: 'stopped by a person' };

/** One trial on a worker thread, as the main thread sees it: its hooks, its time limit, its end. */
export class TrialRun {
  readonly #hooks: TrialHooks;
  readonly #call: ThreadCall;
  readonly #answering = new Set<Promise<void>>();
  #failure: TrialOutcome | null = null;
  #hookError: { readonly thrown: unknown } | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(piscina: Piscina, hooks: TrialHooks) {
    this.#hooks = hooks;
    this.#call = new ThreadCall(piscina, (message) => this.#receive(message));
  }

  /**
   * @throws {PoolError} when the worker could not load the study
   * @throws what `onReport` or `onCheckIn` threw; the objective was then told to stop
   */
  async run(task: TrialTask): Promise<TrialOutcome> {
    const { signal } = this.#hooks;
    const stop = () => void this.kill(STOPPED);
    if (signal.aborted) return STOPPED;
    signal.addEventListener('abort', stop);
    const outcome = await this.#outcome(task).finally(() => {
      clearTimeout(this.#timer);
      signal.removeEventListener('abort', stop);
    });
    await Promise.all(this.#answering);
    if (this.#hookError !== null) throw this.#hookError.thrown;
    return outcome;
  }

  /** Keeps the trial out of native code, so that its thread can be ended; the first reason given stays. */
  async seal(failure: TrialOutcome): Promise<void> {
    this.#failure ??= failure;
    await this.#call.seal();
  }

  /** Seals the trial, then ends its thread. */
  async kill(failure: TrialOutcome): Promise<void> {
    this.#failure ??= failure;
    await this.#call.kill();
  }

  async #outcome(task: TrialTask): Promise<TrialOutcome> {
    try {
      return await this.#call.runTrial(task);
    } catch (error) {
      if (error instanceof PoolError) throw error;
      return this.#failure ?? deathOf(error);
    }
  }

  #receive(message: WorkerMessage): void {
    switch (message.type) {
      case 'started':
        this.#startClock();
        break;
      case 'report':
        this.#answer(message.id, () => this.#hooks.onReport(message.step, message.value));
        break;
      case 'check-in':
        this.#answer(message.id, () => this.#hooks.onCheckIn());
        break;
      case 'log':
        this.#hooks.onLog(message.line);
        break;
      case 'uncaught':
        this.#failure ??= message.outcome;
        break;
    }
  }

  #startClock(): void {
    const limitMs = this.#hooks.timeLimitMs;
    if (limitMs === null) return;
    const timeUp: TrialOutcome = { kind: 'failed', reason: 'timed-out', message: `still running after ${limitMs} ms` };
    this.#timer = setTimeout(() => void this.kill(timeUp), Math.min(limitMs, LONGEST_TIMEOUT_MS));
  }

  #answer(id: number, ask: () => Promise<'keep' | 'stop'>): void {
    const answering = this.#verdict(ask).then((answer) => {
      this.#call.reply({ id, answer });
      this.#answering.delete(answering);
    });
    this.#answering.add(answering);
  }

  async #verdict(ask: () => Promise<'keep' | 'stop'>): Promise<'keep' | 'stop'> {
    try {
      return await ask();
    } catch (thrown) {
      this.#hookError ??= { thrown };
      return 'stop';
    }
  }
}

function deathOf(error: unknown): TrialOutcome {
  const message = error instanceof Error ? error.message : String(error);
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return { kind: 'failed', reason: outOfMemory ? 'out-of-memory' : 'worker-died', message };
}
