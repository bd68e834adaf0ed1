import { type Direction, paretoFront } from '@assay/sampler';
import { isIgnored } from './trial-marks.js';
import type { TrialRecord } from './trial-record.js';

/**
 * The complete, feasible trials, ignored ones apart, that no other one beats, ascending by number; of equal ones the earliest. With one
 * objective at most one trial, with several the Pareto front.
 * @param trials ascending by number
 */
export function bestTrials(trials: readonly TrialRecord[], directions: readonly Direction[]): readonly TrialRecord[] {
  const candidates = trials.filter(isCandidate);
  const losses = candidates.map(({ values }) => lossesOf(values, directions));
  const front = paretoFront(losses);
  const earliest = new Map(front.toReversed().map((index) => [String(losses[index]), index]));
  return front.filter((index) => earliest.get(String(losses[index])) === index).map((index) => candidates[index]!);
}

/** Whether `bestTrials` has the trial among its own; far cheaper than all of them. */
export function isAmongBest(
  trial: TrialRecord,
  trials: readonly TrialRecord[],
  directions: readonly Direction[],
): boolean {
  const isBeatenBy = (other: TrialRecord): boolean =>
    other.number !== trial.number &&
    isCandidate(other) &&
    isAsGood(other, trial, directions) &&
    (other.number < trial.number || !isAsGood(trial, other, directions));
  return isCandidate(trial) && !trials.some(isBeatenBy);
}

/** Complete, feasible, and not taken out by a person. */
export function isCandidate(trial: TrialRecord): boolean {
  return trial.state === 'complete' && isFeasible(trial) && !isIgnored(trial);
}

/** True when no constraint is violated. */
export function isFeasible({ constraints }: Pick<TrialRecord, 'constraints'>): boolean {
  return constraints.every((value) => value <= 0);
}

/** Values turned so that less is better. */
export function lossesOf(values: readonly number[], directions: readonly Direction[]): readonly number[] {
  return directions.map((direction, j) => lossOf(values[j]!, direction));
}

function lossOf(value: number, direction: Direction): number {
  return direction === 'minimize' ? value : -value;
}

/** As good in every objective. */
function isAsGood(a: TrialRecord, b: TrialRecord, directions: readonly Direction[]): boolean {
  return directions.every((direction, j) => lossOf(a.values[j]!, direction) <= lossOf(b.values[j]!, direction));
}
