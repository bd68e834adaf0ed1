import type { Direction, Observation } from '../sampler.js';
import type { Objectives } from './finished-trials.js';

/** What trials are ordered by: kind, then the keys; less is better. */
export interface TrialRank {
  readonly trial: Observation;
  readonly kind: 'complete' | 'pruned' | 'infeasible';
  readonly first: number;
  readonly second: number;
}

const KINDS: readonly TrialRank['kind'][] = ['complete', 'pruned', 'infeasible'];

/**
 * Feasible complete trials come first, by value (of the first objective, where there are several), then pruned ones: the
 * later they stopped the better, then by the value they stopped with; then infeasible ones by their violation.
 * @see Optuna 5.0, `samplers/_tpe/sampler.py`, `_split_trials`
 */
export function rankOf(trial: Observation, { directions, reportedObjective }: Objectives): TrialRank {
  const violated = violation(trial);
  if (violated > 0) return { trial, kind: 'infeasible', first: violated, second: 0 };
  if (trial.state === 'complete') return { trial, kind: 'complete', first: lossOf(trial, directions, 0), second: 0 };
  return { trial, kind: 'pruned', ...stopKeys(trial, directions, reportedObjective) };
}

/** Negative when a is better; of equal ones the earlier is. */
export function compareRanks(a: TrialRank, b: TrialRank): number {
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  if (a.second !== b.second) return a.second < b.second ? -1 : 1;
  return a.trial.number - b.trial.number;
}

/** Every objective's loss. */
export function lossesOf(trial: Observation, directions: readonly Direction[]): readonly number[] {
  return directions.map((_, objective) => lossOf(trial, directions, objective));
}

/** An objective's value turned so that less is better; NaN and a missing one are worst. */
function lossOf(trial: Observation, directions: readonly Direction[], objective: number): number {
  return turned(trial.values[objective] ?? Number.NaN, directions[objective]!);
}

function turned(value: number, direction: Direction): number {
  if (Number.isNaN(value)) return Infinity;
  return direction === 'minimize' ? value : -value;
}

/** The sum of the constraint values above 0; a NaN counts as an infinite violation. */
function violation({ constraints }: Observation): number {
  let sum = 0;
  for (const value of constraints) sum += Number.isNaN(value) ? Infinity : Math.max(value, 0);
  return sum;
}

/** Later stops first, then the loss at the stop; those that never reported, or diverged, last. */
function stopKeys(
  trial: Observation,
  directions: readonly Direction[],
  objective: number,
): { readonly first: number; readonly second: number } {
  const last = trial.reports.at(-1);
  const diverged = trial.values.length > 0 && lossOf(trial, directions, objective) === Infinity;
  if (last === undefined || diverged) return { first: Infinity, second: 0 };
  return { first: -last.step, second: turned(last.value, directions[objective]!) };
}
