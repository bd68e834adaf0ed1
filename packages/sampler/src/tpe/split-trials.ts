import type { Direction, Observation } from '../sampler.js';
import { bestByFront } from './pareto-order.js';

export interface Split {
  readonly good: readonly Observation[];
  readonly bad: readonly Observation[];
}

/**
 * The best `count` finished trials, and the rest. Feasible complete trials come first, by value (several objectives: by
 * non-dominated front, then by how alone they are on it), then pruned ones: the later they stopped the better, then by
 * the value they stopped with; then infeasible ones by their violation. Ties go to the earlier trial.
 * @param finished ascending by number; so are both results
 * @see Optuna 5.0, `samplers/_tpe/sampler.py`, `_split_trials` (it cuts a front by hypervolume instead)
 */
export function splitTrials(finished: readonly Observation[], directions: readonly Direction[], count: number): Split {
  const feasible = finished.filter(isFeasible);
  const complete = feasible.filter((trial) => trial.state === 'complete');
  const ranked = [
    ...bestComplete(complete, directions, count),
    ...sortBy(
      feasible.filter((trial) => trial.state === 'pruned'),
      (trial) => prunedKey(trial, directions[0]!),
    ),
    ...sortBy(
      finished.filter((trial) => !isFeasible(trial)),
      (trial) => [violation(trial)],
    ),
  ];
  const chosen = new Set(ranked.slice(0, count));
  return { good: finished.filter((trial) => chosen.has(trial)), bad: finished.filter((trial) => !chosen.has(trial)) };
}

/** An objective's value turned so that less is better; NaN is worst. */
export function lossOf(trial: Observation, direction: Direction, objective = 0): number {
  const value = trial.values[objective] ?? Number.NaN;
  if (Number.isNaN(value)) return Infinity;
  return direction === 'minimize' ? value : -value;
}

export function isFeasible(trial: Observation): boolean {
  return !(violation(trial) > 0);
}

/** The sum of the constraint values above 0; a NaN counts as an infinite violation. */
function violation(trial: Observation): number {
  return trial.constraints.reduce((sum, c) => sum + (Number.isNaN(c) ? Infinity : Math.max(c, 0)), 0);
}

function bestComplete(
  complete: readonly Observation[],
  directions: readonly Direction[],
  count: number,
): readonly Observation[] {
  if (directions.length === 1) return sortBy(complete, (trial) => [lossOf(trial, directions[0]!)]);
  const losses = complete.map((trial) => directions.map((direction, j) => lossOf(trial, direction, j)));
  return bestByFront(losses, Math.min(count, complete.length)).map((index) => complete[index]!);
}

/** Later stops first, then the loss at the stop; those that never reported, or diverged, last. */
function prunedKey(trial: Observation, direction: Direction): readonly number[] {
  const last = trial.reports.at(-1);
  const diverged = lossOf(trial, direction) === Infinity && trial.values.length > 0;
  if (last === undefined || diverged) return [Infinity, 0];
  const loss = direction === 'minimize' ? last.value : -last.value;
  return [-last.step, Number.isNaN(loss) ? Infinity : loss];
}

function sortBy(
  trials: readonly Observation[],
  key: (trial: Observation) => readonly number[],
): readonly Observation[] {
  return trials
    .map((trial) => ({ trial, key: key(trial) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ trial }) => trial);
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < b[i]!) return -1;
    if (a[i]! > b[i]!) return 1;
  }
  return 0;
}
