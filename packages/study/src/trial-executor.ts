import type { Json, ParamValues } from '@assay/space';
import type { Repeats } from './repeats.js';
import type { EndReason } from './trial-record.js';

/** One trial to run, as plain data: it may cross a thread. */
export interface TrialTask {
  readonly number: number;
  readonly params: ParamValues;
  /** Keyed by study seed and draw, so a retry trains with the same seed. */
  readonly seed: number;
  /** Null: the objective runs once, and reports for itself. */
  readonly repeats: RepeatPlan | null;
}

/** How a trial repeats its objective. */
export interface RepeatPlan extends Repeats {
  /** Which objective's value is reported after each repeat. */
  readonly reported: number;
}

/** How one run of the objective ended, before the study decides what that means for the trial. */
export type TrialOutcome =
  | {
      readonly kind: 'complete';
      readonly values: readonly number[];
      readonly constraints?: readonly number[];
      readonly attributes?: Readonly<Record<string, Json>>;
    }
  /** The objective obeyed a `stop` answer. `value`: what the trial is worth so far; left out, its last report is. */
  | { readonly kind: 'stopped'; readonly value?: number; readonly attributes?: Readonly<Record<string, Json>> }
  | { readonly kind: 'diverged'; readonly message: string }
  | {
      readonly kind: 'failed';
      readonly reason: Extract<
        EndReason,
        'threw' | 'invalid-value' | 'timed-out' | 'out-of-memory' | 'worker-died' | 'stopped'
      >;
      readonly message: string;
      readonly stack?: string;
    };

export interface TrialHooks {
  /** Called for every report, in order; the objective waits for the answer. */
  onReport(step: number, value: number): Promise<'keep' | 'stop'>;
  /** Called for every check-in (see `TrialReports`), in order with the reports; the objective waits for the answer. */
  onCheckIn(): Promise<'keep' | 'stop'>;
  /** A line the objective logged. */
  onLog(line: string): void;
  /** Aborted to kill the trial now (a person's wish); the outcome is then `failed` with reason `stopped`. */
  readonly signal: AbortSignal;
  /** The longest a trial may run, in milliseconds; null for no limit. The outcome is then `failed`, `timed-out`. */
  readonly timeLimitMs: number | null;
}

/** Runs objectives: in this thread, or on worker threads. */
export interface TrialExecutor {
  /** How many trials it runs at a time. */
  readonly workers: number;
  /** Never rejects for what the objective does; rejects only when the executor itself is broken or closed. */
  run(task: TrialTask, hooks: TrialHooks): Promise<TrialOutcome>;
  /** Resolves when no trial runs and no native call is in flight; the process may then exit. */
  close(): Promise<void>;
}
