import type { Report } from '@assay/sampler';
import type { Distribution, Json, ParamValues, Scalar } from '@assay/space';
import type { TrialMarks } from './trial-marks.js';

/** waiting -> running -> complete | pruned (its last report still counts) | failed. A finished trial never changes. */
export type TrialState = 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';

export const NEXT_STATES = {
  waiting: ['running'],
  running: ['complete', 'pruned', 'failed'],
  complete: [],
  pruned: [],
  failed: [],
} as const satisfies Record<TrialState, readonly TrialState[]>;

/**
 * Why a trial ended other than COMPLETE. `pruned` and `diverged` are pruned trials (diverged: NaN or infinite loss, value
 * +inf, or -inf when maximizing; neither has a value with several objectives); all others have failed.
 */
export type EndReason =
  | 'pruned'
  | 'diverged'
  | 'threw'
  | 'invalid-value'
  | 'timed-out'
  | 'out-of-memory'
  | 'worker-died'
  | 'interrupted'
  | 'stopped'
  | 'process-died';

export interface TrialEnd {
  readonly reason: EndReason;
  /** One line for a person. */
  readonly message: string;
  readonly stack?: string;
}

/** What a trial took. */
export interface TrialResources {
  /** From its start to its end, waits included, by the clock of the process that ran it. */
  readonly seconds: number;
  /**
   * The most memory that the whole process has held until the trial ended, its worker threads and native libraries included:
   * an upper bound of what the trial needed.
   */
  readonly peakBytes: number;
  /** The process: `host:pid`. */
  readonly worker: string;
  /** What trained; null where the study does not say (the fact `engine`). */
  readonly engine: string | null;
}

export type StoredDistribution = Distribution | ForeignDistribution;

/** What Python stores and no space here can say: choices that are lists or NaN, or that Python takes for the same. */
export interface ForeignDistribution {
  readonly kind: 'foreign';
  /** As it is stored. */
  readonly json: string;
  /** Its choices in their order, lists as their text. */
  readonly choices: readonly Scalar[];
}

/** One trial as the store knows it: plain data. */
export interface TrialRecord {
  /** The store's own id; grows with the number. */
  readonly id: number;
  /** 0, 1, 2 ... within the study; `study@17` names it. */
  readonly number: number;
  readonly state: TrialState;
  /** While waiting: the fixed parameters, perhaps not all. */
  readonly params: ParamValues;
  /** One per objective; empty unless complete or pruned. */
  readonly values: readonly number[];
  /** Feasible when none is above 0. */
  readonly constraints: readonly number[];
  /** Intermediate values, ascending by step; empty where the read left them out. */
  readonly reports: readonly Report[];
  /** Values at completed rungs (`completed_rung_<k>` in Optuna's terms). */
  readonly rungs: readonly number[];
  /** Unix time, milliseconds; null while waiting. */
  readonly startedMs: number | null;
  readonly finishedMs: number | null;
  /** Which configuration of the sampler's it is; a retry inherits it; null for an enqueued one or another tool's. */
  readonly draw: number | null;
  /** The number of the first attempt, when this is a retry. */
  readonly retryOf: number | null;
  /** What the sampler wrote when it made this trial. */
  readonly note: Json | null;
  readonly end: TrialEnd | null;
  /** User attributes. */
  readonly attributes: Readonly<Record<string, Json>>;
  /** Left out for another tool's trial, and for one whose process died. */
  readonly resources?: TrialResources;
  /** Left out where there are none. */
  readonly marks?: TrialMarks;
  /** Of the parameters, by name. Read on demand (`TrialQuery.details`). */
  readonly distributions?: Readonly<Record<string, StoredDistribution>>;
  /** What other tools noted of the trial (system attributes) and nothing above says. Read on demand, as well. */
  readonly system?: Readonly<Record<string, Json>>;
}
