import type { Direction } from '@assay/sampler';
import type { TrialRecord } from './trial-record.js';

/**
 * The complete, feasible trials that no other one beats, ascending by number; of equal ones the earliest. With one
 * objective at most one trial, with several the Pareto front.
 */
export function bestTrials(trials: readonly TrialRecord[], directions: readonly Direction[]): readonly TrialRecord[] {
  let front: readonly TrialRecord[] = [];
  for (const trial of trials) {
    if (trial.state !== 'complete' || !isFeasible(trial)) continue;
    if (front.some((other) => isAsGood(other, trial, directions))) continue;
    front = [...front.filter((other) => !isAsGood(trial, other, directions)), trial];
  }
  return front;
}

/** True when no constraint is violated. */
export function isFeasible({ constraints }: Pick<TrialRecord, 'constraints'>): boolean {
  return constraints.every((value) => value <= 0);
}

/** As good in every objective. */
function isAsGood(a: TrialRecord, b: TrialRecord, directions: readonly Direction[]): boolean {
  return directions.every((direction, objective) => {
    const [left, right] = [a.values[objective]!, b.values[objective]!];
    return direction === 'minimize' ? left <= right : left >= right;
  });
}
