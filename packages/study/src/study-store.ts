import type { Direction, Observation, Report } from '@assay/sampler';
import type { Json, ParamValues, SearchSpace } from '@assay/space';
import type { StudyArchive } from './study-archive.js';
import type { StudyDefinition } from './study-definition.js';
import type { TrialMarking } from './trial-marks.js';
import type { TrialQuery, TrialReads } from './trial-query.js';
import type { TrialEnd, TrialRecord, TrialResources } from './trial-record.js';

export interface NewStudy {
  readonly name: string;
  /** One per objective. */
  readonly directions: readonly Direction[];
  /** One name per objective. */
  readonly metrics: readonly string[];
  readonly definition: StudyDefinition;
  /** An earlier study's trials in this one's terms (`priorFrom`), for samplers to start from. Default: none. */
  readonly prior?: Prior;
  /** Waiting trials that are made with the study, in one transaction. Default: none. */
  readonly enqueued?: readonly EnqueuedTrial[];
}

/** Finished trials of an earlier study, ascending by number. */
export type Prior = readonly Observation[];

/** A trial to be tried before the sampler is asked. */
export interface EnqueuedTrial {
  /** Fixed parameters, perhaps not all. */
  readonly params: ParamValues;
  /** User attributes that it has from the start, and that its retries inherit. */
  readonly attributes?: Readonly<Record<string, Json>>;
}

export interface StudyRecord {
  readonly id: number;
  readonly name: string;
  readonly directions: readonly Direction[];
  /** Empty when the study's maker gave none. */
  readonly metrics: readonly string[];
  /** Null for a study that another tool created. */
  readonly definition: StudyDefinition | null;
  readonly createdMs: number | null;
}

/** One process that runs trials. `token` tells two processes with the same pid apart. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  readonly token: string;
}

/** How many times a trial is started again when its worker, or its whole process, died. */
export interface RetryLimits {
  readonly workerDeaths: number;
  readonly processDeaths: number;
  /**
   * The same where the process was on this host and silent before this one opened the study: then somebody resumes what was
   * killed. Default: as `processDeaths`.
   */
  readonly resumedDeaths?: number;
}

/** What the sampler suggested for the trial that a claim should make. */
export interface PlannedTrial {
  readonly number: number;
  readonly draw: number;
  readonly params: ParamValues;
  readonly space: SearchSpace;
  readonly note: Json | null;
}

export type Claim =
  /** A new trial (its params the planned ones, or empty) or a waiting one (its fixed params), now RUNNING and leased to the owner. */
  | { readonly kind: 'claimed'; readonly trial: TrialRecord }
  /** Finished + live running trials reach `until`: a running one may still fail and make room. */
  | { readonly kind: 'full' }
  /** Finished trials alone reach `until`. */
  | { readonly kind: 'done' };

/**
 * How a running trial ends. `values` has one number per objective for `complete`; none, or one, for `pruned`. With several
 * objectives Optuna knows no pruned trials (its TPE raises): such a one is stored as FAIL with a mark of ours, and read as
 * `pruned` here.
 */
export interface TrialEnding {
  readonly state: 'complete' | 'pruned' | 'failed';
  readonly values: readonly number[];
  readonly constraints?: readonly number[];
  readonly attributes?: Readonly<Record<string, Json>>;
  readonly end: TrialEnd | null;
  readonly resources?: TrialResources;
  /** Those that have not been written yet. */
  readonly reports?: readonly Report[];
  /** Enqueue the same parameters, draw and note again, in the same transaction. Only for `failed`. */
  readonly retry: boolean;
}

/**
 * Where studies live. All methods reject with a `StoreError`, `STUDY_NOT_FOUND` or `TRIAL_NOT_FOUND` for an unknown id and
 * `STORE_CLOSED` after `close` (which may be called twice); each state change is one transaction, durable when the
 * promise resolves, except `writeReports`, which rides along with the next one.
 */
export interface StudyStore extends StudyArchive, TrialMarking, TrialReads {
  /** For people: passwords masked. */
  readonly url: string;
  /** Why nothing can be written here (a later version's database), with the way out; null where it can. */
  readonly readOnly: string | null;
  /** @throws {StoreError} `STUDY_EXISTS` */
  createStudy(study: NewStudy): Promise<StudyRecord>;
  findStudy(name: string): Promise<StudyRecord | null>;
  listStudies(): Promise<readonly StudyRecord[]>;
  /** A study's trials, ascending by number: all of them, or those that the query names. */
  readTrials(studyId: number, query?: TrialQuery): Promise<readonly TrialRecord[]>;
  /**
   * Stores another sampler, pruner or goal, or other ranges and choices, to go on with; nothing else of a definition changes.
   * Another tool's study has none, and stays without. Returns the study as it then is.
   */
  changeSampling(
    studyId: number,
    changes: Partial<Pick<StudyDefinition, 'sampler' | 'pruner' | 'space' | 'goal'>>,
  ): Promise<StudyRecord>;
  /** The prior that the study was created with, ascending by number; empty when it has none. */
  readPrior(studyId: number): Promise<Prior>;
  /** Adds a WAITING trial with these fixed parameters (checked by the caller). Returns its number. */
  enqueueTrial(studyId: number, params: ParamValues, attributes?: EnqueuedTrial['attributes']): Promise<number>;
  /**
   * Takes the oldest WAITING trial (a retry is as old as its first attempt), or makes a new one with the next number and
   * the next draw; either becomes RUNNING under the owner's lease.
   * @param until stop at this many finished (complete or pruned) trials in all; null for no limit. Running trials without
   * a lease of ours count neither way: nobody can say whether they live
   * @param planned written in the same transaction when the trial that is made has this number and this draw; `writeParams`
   * is then not called for it
   * @throws {StoreError} `INVALID_VALUE` where the store cannot keep the planned parameters: nothing is then claimed
   */
  claimTrial(studyId: number, owner: Owner, until: number | null, planned?: PlannedTrial): Promise<Claim>;
  /**
   * All parameters of a running trial, once, in this order; also those that were fixed while it waited.
   * @throws {StoreError} `LEASE_LOST`; `ILLEGAL_TRANSITION` the second time
   */
  writeParams(trialId: number, owner: Owner, params: ParamValues, space: SearchSpace, note: Json | null): Promise<void>;
  /**
   * Intermediate values, NaN and infinities included; a second one for the same step is ignored.
   * @throws {StoreError} `LEASE_LOST`; `INVALID_VALUE` unless each step is a non-negative integer: none is then written
   */
  writeReports(trialId: number, owner: Owner, reports: readonly Report[]): Promise<void>;
  /** All completed rungs of a running trial: replaces what was written before. @throws {StoreError} `LEASE_LOST` */
  writeRungs(trialId: number, owner: Owner, rungs: readonly number[]): Promise<void>;
  /**
   * Ends a running trial.
   * @throws {StoreError} `LEASE_LOST` when another process has ended it (the result is then kept as the trial's attribute
   * `LATE_RESULT`) or runs it, `ILLEGAL_TRANSITION` when it was not running, `INVALID_VALUE` when the values do not fit the
   * state (`requireEnding`)
   */
  finishTrial(trialId: number, owner: Owner, ending: TrialEnding): Promise<void>;
  /** Proves that the owner is alive, for all its running trials of the study. */
  renewLeases(studyId: number, owner: Owner): Promise<void>;
  /**
   * Ends trials whose process is gone (same host and no such process, or a lease older than `graceMs`) as FAIL with reason
   * `process-died`, and enqueues them again while their attempts that ended so number at most `limits.processDeaths`, or
   * `limits.resumedDeaths` (`mostDeaths`). Never touched: running trials without a lease of ours, and the owner's own.
   * Returns the numbers of the trials it ended.
   * @param openMs for how long the owner has had the study open. Default: 0
   */
  reapTrials(
    studyId: number,
    owner: Owner,
    limits: RetryLimits,
    graceMs: number,
    openMs?: number,
  ): Promise<readonly number[]>;
  close(): Promise<void>;
}
