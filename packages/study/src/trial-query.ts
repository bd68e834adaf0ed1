import type { TrialRecord, TrialState } from './trial-record.js';

/** Which trials to read, ascending by number, and how much of each. */
export interface TrialQuery {
  /** From this number on. Default: 0. */
  readonly from?: number;
  /** At most this many. Default: all there are. */
  readonly limit?: number;
  /** False leaves `reports` empty: they are most of what a study holds. Default: true. */
  readonly reports?: boolean;
  /** True adds `distributions` and `system`, which only a copy needs. Default: false. */
  readonly details?: boolean;
}

/** A page of the trials that count, best first. */
export interface TrialRanking {
  /** By which objective. Default: 0. */
  readonly objective?: number;
  /** How many of the best to pass over. Default: 0. */
  readonly offset?: number;
  readonly limit: number;
}

/** How many trials a study has in each state. */
export type TrialCounts = Readonly<Record<TrialState, number>>;

export const NO_TRIALS: TrialCounts = Object.freeze({ waiting: 0, running: 0, complete: 0, pruned: 0, failed: 0 });

/** The reads that do not grow with a study: a table's page and a header of a study of a million trials take milliseconds. */
export interface TrialReads {
  countTrials(studyId: number): Promise<TrialCounts>;
  /**
   * The candidates for the best trial (complete, feasible, not ignored), best first by one objective, infinite values at
   * the ends; of equal ones the earlier number comes first. Their reports are left out.
   * @throws {StoreError} `INVALID_VALUE` for an objective that the study does not have
   */
  rankTrials(studyId: number, ranking: TrialRanking): Promise<readonly TrialRecord[]>;
}
