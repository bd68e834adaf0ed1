import type { Direction, Observation } from '../sampler.js';
import { type Losses, orWorst } from './dominance.js';

/** The objectives' values turned so that less is better; a missing one or NaN is Infinity. */
export function lossesOf({ values }: Observation, directions: readonly Direction[]): Losses {
  return directions.map((direction, j) => turned(values[j], direction));
}

/** Feasible and complete: its values count. */
export function isComparable(trial: Observation): boolean {
  return trial.state === 'complete' && isFeasible(trial);
}

/** Breaks no constraint. */
export function isFeasible(trial: Observation): boolean {
  return violationOf(trial) === 0;
}

/**
 * Orders finished trials, best first, ties by number: feasible complete ones by the first value; then feasible
 * pruned ones, the later they stopped the better, then by the value they stopped with; then infeasible ones by the sum of
 * what exceeds 0, then by value (Deb 2000, "An efficient constraint handling method for genetic algorithms").
 * @param direction of the first objective
 * @param reported direction of the objective that the reports belong to, where that is another one
 */
export function compareTrials(a: Observation, b: Observation, direction: Direction, reported = direction): number {
  const [left, right] = [standing(a, direction, reported), standing(b, direction, reported)];
  for (let i = 0; i < left.length; i++) {
    if (left[i]! < right[i]!) return -1;
    if (left[i]! > right[i]!) return 1;
  }
  return a.number - b.number;
}

function standing(trial: Observation, direction: Direction, reported: Direction): readonly [number, number, number] {
  const violation = violationOf(trial);
  const loss = turned(trial.values[0], direction);
  if (violation > 0) return [2, violation, loss];
  if (trial.state === 'complete') return [0, loss, 0];
  const last = trial.reports.at(-1);
  const diverged = loss === Infinity && trial.values.length > 0;
  if (last === undefined || diverged) return [1, Infinity, 0];
  return [1, -last.step, turned(last.value, reported)];
}

/** The sum of the constraint values above 0; a NaN counts as an infinite violation. */
function violationOf({ constraints }: Observation): number {
  return constraints.reduce((sum, value) => sum + Math.max(orWorst(value), 0), 0);
}

function turned(value = Number.NaN, direction: Direction): number {
  return orWorst(direction === 'minimize' ? value : -value);
}
