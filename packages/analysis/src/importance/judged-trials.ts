import type { Direction, Losses } from '@assay/sampler';
import type { SearchSpace } from '@assay/space';
import { type AnalysedTrial, lossOf } from '../analysed-trial.js';
import { AnalysisError } from '../analysis-error.js';

/** What importance looks at. */
export type JudgedOutcome = Pick<AnalysedTrial, 'state' | 'params' | 'values'>;

export interface Judged {
  readonly trials: readonly JudgedOutcome[];
  /** A vector per trial, finite. */
  readonly losses: readonly Losses[];
}

/**
 * The complete trials whose values are finite, feasible or not.
 * @param objective the index of the one that counts; undefined for all of them
 * @throws {AnalysisError} `BAD_OPTION`
 */
export function judgedBy(
  trials: readonly JudgedOutcome[],
  directions: readonly Direction[],
  objective: number | undefined,
): Judged {
  const objectives = objectivesOf(directions, objective);
  const judged = trials.filter(
    ({ state, values }) => state === 'complete' && objectives.every((j) => Number.isFinite(values[j])),
  );
  const losses = judged.map(({ values }) => objectives.map((j) => lossOf(values[j]!, directions[j]!)));
  return { trials: judged, losses };
}

/** The parameters that at least one complete trial has. */
export function knownParameters(space: SearchSpace, trials: readonly JudgedOutcome[]): SearchSpace {
  const complete = trials.filter(({ state }) => state === 'complete');
  return space.filter(({ name }) => complete.some(({ params }) => Object.hasOwn(params, name)));
}

function objectivesOf(directions: readonly Direction[], objective: number | undefined): readonly number[] {
  const all = [...directions.keys()];
  if (objective === undefined) return all;
  if (all.includes(objective)) return [objective];
  throw new AnalysisError(
    'BAD_OPTION',
    `objective must be a whole number below ${directions.length}, got ${objective}`,
  );
}
