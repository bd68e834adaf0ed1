import type { MessagePort } from 'node:worker_threads';
import type { TrialOutcome, TrialTask } from '@assay/study';
import type { GateCell } from './native-gate.js';
import type { PoolErrorCode } from './pool-error.js';

/** What a worker thread is given once, when it starts. */
export interface WorkerSetup {
  readonly studyUrl: string;
  readonly imports: Readonly<Record<string, string>>;
  readonly data: unknown;
}

/** Asks a worker to load the study. While a request runs, `port` carries the messages below. */
export interface LoadRequest {
  readonly port: MessagePort;
  readonly gate: GateCell;
}

export interface TrialRequest extends LoadRequest {
  readonly task: TrialTask;
}

/** How a request ended, when its worker lived to say so. */
export type WorkerAnswer<T> =
  | { readonly kind: 'done'; readonly value: T }
  | {
      readonly kind: 'unusable';
      readonly code: PoolErrorCode;
      readonly message: string;
      /** Of what the study threw while it was imported. */
      readonly stack: string | null;
    };

/** From the worker, while it runs. */
export type WorkerMessage =
  /** The study is loaded; the objective starts now, and so does its time limit. */
  | { readonly type: 'started' }
  | { readonly type: 'report'; readonly id: number; readonly step: number; readonly value: number }
  | { readonly type: 'check-in'; readonly id: number }
  | LogMessage
  /** An error that nobody caught, or a rejection that nobody handled: the worker ends. */
  | { readonly type: 'uncaught'; readonly outcome: TrialOutcome };

/** Outside of any trial it comes over the worker's own port. */
export interface LogMessage {
  readonly type: 'log';
  readonly line: string;
}

/** From the main thread: the answer to a report or a check-in. */
export interface Verdict {
  readonly id: number;
  readonly answer: 'keep' | 'stop';
}
