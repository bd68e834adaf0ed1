import { fileURLToPath } from 'node:url';
import type { TrialExecutor, TrialHooks, TrialOutcome, TrialTask } from '@assay/study';
import { Piscina } from 'piscina';
import { PoolError } from './pool-error.js';
import type { LogMessage, WorkerSetup } from './protocol.js';
import { ThreadCall } from './thread-call.js';
import { TrialRun } from './trial-run.js';

/** Compiled, also when this file is not: a worker thread runs JavaScript only. */
const WORKER_FILE = fileURLToPath(new URL('../dist/worker-entry.cjs', import.meta.url));

const CLOSED: TrialOutcome = { kind: 'failed', reason: 'stopped', message: 'the pool was closed' };

export interface PoolOptions {
  /** The study module, as a `file:` URL. */
  readonly studyUrl: URL | string;
  /** What `prepare` returned: cloned once into every worker, SharedArrayBuffers inside it are shared. */
  readonly data: unknown;
  /** How many trials run at a time, each on its own thread. */
  readonly workers: number;
  /** The longest a worker's JavaScript heap may get, in MiB. Typed arrays and tensors do not count. Default: Node's. */
  readonly maxHeapMb?: number;
  /** Where a TypeScript study finds packages that it does not have itself: package name -> file. */
  readonly imports?: Readonly<Record<string, string>>;
  /** A line that a worker wrote outside of any trial. Default: dropped. */
  readonly onLog?: (line: string) => void;
}

/**
 * Starts worker threads and loads the study in each of them. A throw, an endless loop in JavaScript, a heap that runs out
 * and `process.exit` cost one trial each, and the thread is replaced. A native call is waited for before its thread is
 * ended; one that never returns cannot be ended, and a crash in native code ends the process.
 * @throws {PoolError} `BAD_OPTION`; `STUDY_NOT_LOADED` or `NOT_A_STUDY` (see `loadStudy`); `WORKER_NOT_STARTED`
 */
export async function createPool(options: PoolOptions): Promise<TrialExecutor> {
  const pool = new WorkerPool(resolveOptions(options));
  try {
    await pool.load();
  } catch (error) {
    await pool.close();
    throw error;
  }
  return pool;
}

type ResolvedOptions = Required<Omit<PoolOptions, 'studyUrl' | 'maxHeapMb'>> & {
  readonly studyUrl: string;
  readonly maxHeapMb: number | null;
};

function resolveOptions(options: PoolOptions): ResolvedOptions {
  const { studyUrl, data, workers, maxHeapMb = null, imports = {}, onLog = () => undefined } = options;
  const url = String(studyUrl);
  if (!url.startsWith('file:')) throw new PoolError('BAD_OPTION', `studyUrl must be a file: URL, got ${url}`);
  if (!Number.isSafeInteger(workers) || workers < 1) {
    throw new PoolError('BAD_OPTION', `workers must be an integer of at least 1, got ${workers}`);
  }
  if (maxHeapMb !== null && !(maxHeapMb >= 16)) {
    throw new PoolError('BAD_OPTION', `maxHeapMb must be at least 16, got ${maxHeapMb}`);
  }
  return { studyUrl: url, data, workers, maxHeapMb, imports, onLog };
}

/** Anything that runs on a thread of the pool. */
interface Running {
  /** Resolves when no native call runs in its thread, and none can start. */
  seal(failure: TrialOutcome): Promise<void>;
  /** The same, then ends the thread. */
  kill(failure: TrialOutcome): Promise<void>;
}

class WorkerPool implements TrialExecutor {
  readonly workers: number;
  readonly #studyUrl: string;
  readonly #onLog: (line: string) => void;
  readonly #piscina: Piscina;
  readonly #running = new Set<Running>();
  #broken: PoolError | null = null;
  #closed: Promise<void> | null = null;

  constructor(options: ResolvedOptions) {
    this.workers = options.workers;
    this.#studyUrl = options.studyUrl;
    this.#onLog = options.onLog;
    this.#piscina = startThreads(options);
    this.#piscina.on('message', (message: LogMessage) => this.#onLog(message.line));
    this.#piscina.on('error', (error: Error) => this.#idleWorkerDied(error));
  }

  /** Sends as many requests as there are idle workers: piscina gives one to each. */
  async load(): Promise<void> {
    await Promise.all(Array.from({ length: this.workers }, () => this.#load()));
  }

  async run(task: TrialTask, hooks: TrialHooks): Promise<TrialOutcome> {
    if (this.#broken !== null) throw this.#broken;
    if (this.#closed !== null)
      throw new PoolError('POOL_CLOSED', `Trial ${task.number} came after the pool was closed.`);
    const trial = new TrialRun(this.#piscina, hooks);
    this.#running.add(trial);
    const outcome = await trial.run(task).finally(() => this.#running.delete(trial));
    if (this.#broken !== null) throw this.#broken;
    return outcome;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.seal(CLOSED)));
    await this.#piscina.destroy();
  }

  async #load(): Promise<void> {
    let uncaught: string | null = null;
    const call = new ThreadCall(this.#piscina, (message) => {
      if (message.type === 'log') this.#onLog(message.line);
      if (message.type === 'uncaught' && 'message' in message.outcome) uncaught = message.outcome.message;
    });
    this.#running.add(call);
    const loading = call.load().finally(() => this.#running.delete(call));
    await loading.catch((cause: unknown) => {
      if (cause instanceof PoolError) throw cause;
      const message = uncaught ?? (cause instanceof Error ? cause.message : String(cause));
      throw new PoolError('STUDY_NOT_LOADED', `${this.#studyUrl} ended its worker while it was loaded: ${message}`, {
        cause,
      });
    });
  }

  /** Piscina replaces a worker that dies, except when it dies while it starts; then none is ever started again. */
  #idleWorkerDied(error: Error): void {
    if (this.#piscina.threads.length === this.workers) {
      this.#onLog(`A worker died between two trials and was replaced: ${error.message}`);
      return;
    }
    this.#broken ??= new PoolError('WORKER_NOT_STARTED', `A worker died while it started: ${error.message}`, {
      cause: error,
    });
    for (const running of this.#running) void running.kill(CLOSED);
  }
}

function startThreads({ studyUrl, imports, data, workers, maxHeapMb }: ResolvedOptions): Piscina {
  try {
    return new Piscina({
      filename: WORKER_FILE,
      name: 'runTrial',
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: Number.POSITIVE_INFINITY,
      concurrentTasksPerWorker: 1,
      atomics: 'disabled', // an idle worker that blocks its event loop delivers neither logs nor late errors
      recordTiming: false,
      stricterFIFO: true,
      workerData: { studyUrl, imports, data } satisfies WorkerSetup,
      ...(maxHeapMb !== null && { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } }),
    });
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'DataCloneError')) throw cause;
    throw new PoolError('BAD_OPTION', `data must be plain data, to be cloned into workers: ${cause.message}`, {
      cause,
    });
  }
}
