import type { Direction, Observation, Suggestion } from '@assay/sampler';
import type { SearchSpace } from '@assay/space';

/** What is searched: a space, and how many objectives a trial has; all are minimised. */
export interface Study {
  readonly space: SearchSpace;
  readonly directions: readonly Direction[];
  /** How many runs a trial's value is the mean of. */
  readonly repeats: number;
  readonly seed: number;
  /** How many trials will finish. */
  readonly budget: number;
}

/** Who chooses the configurations of one study, trial by trial; several may be asked for before the first is told. */
export interface Searcher {
  /** Null when nothing is left to try. */
  ask(number: number): Promise<Suggestion | null>;
  tell(trial: Observation): Promise<void>;
}

/** Starts a study from nothing. */
export type StartSearch = (study: Study) => Promise<Searcher>;
