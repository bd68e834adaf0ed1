import { type Direction, paretoFront as frontOfLosses } from '@assay/sampler';
import { isCandidate, lossesOf, type Outcome } from './analysed-trial.js';

/**
 * Where in the list the trials are that no other one beats: as good in every objective and better in one. Complete and
 * feasible trials only; equal ones are all on the front.
 * @returns indices into `trials`, ascending; empty while no trial is complete and feasible
 */
export function paretoFront(trials: readonly Outcome[], directions: readonly Direction[]): readonly number[] {
  const candidates = [...trials.keys()].filter((index) => isCandidate(trials[index]!));
  const losses = candidates.map((index) => lossesOf(trials[index]!, directions));
  return frontOfLosses(losses).map((place) => candidates[place]!);
}
