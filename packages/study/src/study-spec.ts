import type { Direction } from '@assay/sampler';
import type { Json, ParamValues, Space } from '@assay/space';
import type { Repeats } from './repeats.js';

/** Guards calls into native code: no thread is ended and no process exits while one runs. */
export interface NativeGate {
  run<T>(call: () => Promise<T>): Promise<T>;
}

/** What an objective sees of its trial. */
export interface Trial<P, D = unknown> {
  readonly number: number;
  /** Typed and nested. */
  readonly params: P;
  /** The same, flat. */
  readonly values: ParamValues;
  /** Seeds everything random in the objective; another one in each repeat, the same for a retry. An integer in [0, 2^32). */
  readonly seed: number;
  /** Which of the study's repeats this is, from 0: to pick a fold or an instance by. 0 in a study without repeats. */
  readonly repeat: number;
  /** What `prepare` returned. */
  readonly data: D;
  readonly gate: NativeGate;
  /**
   * Reports an intermediate value (of the study's `pruneMetric`) and asks whether to go on. After `stop`, return at once
   * (any value: the trial ends as PRUNED with its last report). In a study with repeats the trial's reports are the repeats'
   * values, so an objective's own are not stored there; the answer then only says whether the trial has been interrupted.
   * @param step a non-negative integer, in units that are comparable between trials
   */
  report(step: number, value: number): Promise<'keep' | 'stop'>;
  /** A line for the log pane. Workers never write to the terminal themselves. */
  log(line: string): void;
}

/** An objective's full answer; a bare number is short for `{ values: [number] }`, a list of numbers for `{ values: list }`. */
export interface ObjectiveResult {
  readonly values: readonly number[];
  /** Feasible when none is above 0. */
  readonly constraints?: readonly number[];
  /** Kept with the trial and shown with it. */
  readonly attributes?: Readonly<Record<string, Json>>;
}

export type Objective<P, D = unknown> = (trial: Trial<P, D>) => ObjectiveAnswer | Promise<ObjectiveAnswer>;

type ObjectiveAnswer = number | readonly number[] | ObjectiveResult;

export interface PrepareProgress {
  readonly stage: string;
  /** Done and total in the stage's own unit (bytes, rows); total null when unknown. */
  readonly done: number;
  readonly total: number | null;
  /** One line with details: rows, rows a second, memory. */
  readonly detail: string;
}

export interface PrepareContext {
  /** Where prepared data is kept between runs. */
  readonly cacheDir: string;
  /** The folder with real data (`ASSAY_DATA`), where the machine has one. */
  readonly dataDir: string | null;
  /** `--engine`. */
  readonly engine: 'auto' | 'onnx' | 'tfjs' | 'webgpu';
  /** The largest share of malformed rows that is not fatal; undefined for the recipe's own. */
  readonly maxBad: number | undefined;
  /** `--reader`; undefined for the one that suits the files. */
  readonly reader?: 'auto' | 'csv' | 'duckdb' | undefined;
  readonly signal: AbortSignal;
  onProgress(progress: PrepareProgress): void;
}

/** What `prepare` made: plain data, handed to every objective, and facts for the screen. */
export interface Prepared<D> {
  readonly data: D;
  readonly facts: Readonly<Record<string, Json>>;
}

/** A study as its file declares it. */
export interface StudySpec<P, D = unknown> {
  readonly name: string;
  readonly space: Space<P>;
  /** One per objective. */
  readonly directions: readonly Direction[];
  /** One name per objective, such as `mae`. */
  readonly metrics: readonly string[];
  readonly objective: Objective<P, D>;
  readonly prepare?: (context: PrepareContext) => Promise<Prepared<D>>;
  /** Tried first: the configuration a person would have taken without a search. */
  readonly defaults?: P;
  /** As on the command line: `tpe`, `median`, ... */
  readonly sampler?: string;
  readonly pruner?: string;
  /** The metric that reports are of and that trials are pruned by. Without it a study of several objectives prunes nothing. */
  readonly pruneMetric?: string;
  /** How often each trial runs the objective. Default: once. */
  readonly repeats?: Repeats;
  /** Finished trials in all that a run ends at when nothing else is said. */
  readonly trials?: number;
}
