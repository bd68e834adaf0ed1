import type { Json, ParamValues, SearchSpace } from '@assay/space';
import type { Rng } from './rng.js';

export type Direction = 'minimize' | 'maximize';

export interface Report {
  readonly step: number;
  readonly value: number;
}

/** What a sampler must know of a trial. The study's trial record satisfies it by shape. */
export interface Observation {
  readonly number: number;
  readonly state: 'running' | 'complete' | 'pruned';
  readonly params: ParamValues;
  /** One per objective; empty while running, for a pruned trial that never reported, and for one of several objectives. */
  readonly values: readonly number[];
  /** Feasible when none is above 0; empty when the study has no constraints. */
  readonly constraints: readonly number[];
  /** Intermediate values, ascending by step. */
  readonly reports: readonly Report[];
  /** What the sampler wrote when it made this trial. */
  readonly note: Json | null;
}

export interface SamplerContext {
  readonly space: SearchSpace;
  /** One per objective. */
  readonly directions: readonly Direction[];
  /**
   * Finished trials (complete and pruned), ascending by number. Trials that failed by themselves are among them as pruned with
   * the worst value there is (none, for several objectives); those that were interrupted or whose process died are left out.
   */
  readonly history: readonly Observation[];
  /** Trials in flight with their actual parameters, without the one being made; ascending by number. */
  readonly running: readonly Observation[];
  /**
   * Finished trials of an earlier study, with this space's names and ranges and this study's directions (warm start); a
   * parameter that the earlier study had not, or had out of range, is missing. They are a prior of lower weight: their values
   * compare with each other, not with those of `history`.
   */
  readonly prior: readonly Observation[];
  /** Which objective the reports belong to. */
  readonly reportedObjective: number;
  /** How often the objective runs for one trial, whose values are their mean or median: above 1 where losses are noisy. */
  readonly repeats: number;
  /** How many finished trials the study was planned to have; null when nobody said. */
  readonly budget: number | null;
  /** The trial being made. */
  readonly number: number;
  /** How many configurations this study's sampler made before this one: keys the random stream. */
  readonly draw: number;
  readonly studySeed: number;
  /** `createRng(studySeed).fork(draw)`: the same numbers whatever runs before or beside it. */
  readonly rng: Rng;
}

export interface Suggestion {
  /** A value for every active parameter of the space, none for the inactive ones. */
  readonly params: ParamValues;
  /** Stored with the trial and handed back in its observation. */
  readonly note?: Json;
  /** One line for the study's log: what was decided and why. Only when there is something new to say. */
  readonly message?: string;
}

export interface Sampler {
  readonly name: string;
  /** What the study stores of it, so that a resumed or joined study samples alike. */
  readonly settings: Json;
  /**
   * Refuses a study that it cannot serve, before that is created. Left out by samplers that serve any.
   * @throws {SamplerError}
   */
  readonly check?: (space: SearchSpace, directions: readonly Direction[]) => void;
  /**
   * The next configuration to try, or null when nothing is left to try (a grid that is through).
   * A pure function of its context: same context, same suggestion, whatever was asked before.
   */
  suggest(context: SamplerContext): Suggestion | null;
  /**
   * How it would go about the next suggestion and why, in one line: what a run says at its start, news or not. Left out by
   * samplers that always do the same.
   */
  readonly explain?: (context: SamplerContext) => string;
}
