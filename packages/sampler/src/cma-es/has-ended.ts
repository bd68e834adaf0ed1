import { compareTrials } from '../pareto/trial-order.js';
import type { Direction, Observation } from '../sampler.js';
import { deviation, type Gaussian } from './gaussian.js';
import type { NumericAxis } from './numeric-axis.js';

/** A generation's best trial and the one in the middle. */
export interface Milestone {
  readonly best: Observation;
  readonly median: Observation;
}

/** Less than a billionth of every range makes no difference to any model. */
const CONVERGED = 1e-9;

/** The most generations that stagnation looks back. */
const LONGEST_MEMORY = 20_000;

/** How many milestones can matter to a run of that age. */
export function memoryOf(dimension: number, population: number, age: number): number {
  const least = Math.floor(120 + (30 * dimension) / population);
  return Math.min(Math.max(least, Math.floor(0.2 * age)), LONGEST_MEMORY);
}

/**
 * Whether a run has nothing more to find: all continuous coordinates have converged, or the loss is flat, or it has
 * stagnated. Only the order of losses counts, so that a monotone transformation of them changes nothing.
 * @param past one per generation of the run, oldest first, as many as `memoryOf` at most
 * @param last the last generation, best first
 * @see Hansen 2009 (as for the runs), section 2.2: TolX, EqualFunValues and TolHistFun without tolerance, Stagnation. The
 * others watch for figures that leave the floating-point range, which bounded coordinates do not.
 */
export function hasEnded(
  axes: readonly NumericAxis[],
  gaussian: Gaussian,
  past: readonly Milestone[],
  last: readonly Observation[],
  direction: Direction,
): boolean {
  const continuous = axes.flatMap(({ axis }, i) => (axis.cells === Infinity ? [i] : []));
  if (continuous.length > 0 && continuous.every((i) => deviation(gaussian, i) < CONVERGED)) return true;
  return isFlat(axes.length, past, last, direction) || hasStagnated(axes.length, past, last.length, direction);
}

/** All of the last generation, and the best of each of those before it, are worth the same. */
function isFlat(
  dimension: number,
  past: readonly Milestone[],
  last: readonly Observation[],
  direction: Direction,
): boolean {
  const generations = 10 + Math.ceil((30 * dimension) / last.length);
  if (past.length < generations) return false;
  const seen = [...past.slice(-generations).map(({ best }) => best), ...last];
  return seen.every((trial) => isWorthTheSame(trial, seen[0]!, direction));
}

function isWorthTheSame(a: Observation, b: Observation, direction: Direction): boolean {
  return compareTrials({ ...a, number: 0 }, { ...b, number: 0 }, direction) === 0;
}

/** Neither the best nor the median of late generations is better than that of early ones. */
function hasStagnated(
  dimension: number,
  past: readonly Milestone[],
  population: number,
  direction: Direction,
): boolean {
  if (past.length < memoryOf(dimension, population, 0)) return false;
  const share = Math.floor(0.3 * past.length);
  const [early, late] = [past.slice(0, share), past.slice(-share)];
  return (['best', 'median'] as const).every(
    (kind) => compareTrials(middleOf(late, kind, direction), middleOf(early, kind, direction), direction) >= 0,
  );
}

function middleOf(milestones: readonly Milestone[], kind: keyof Milestone, direction: Direction): Observation {
  const trials = milestones.map((milestone) => milestone[kind]).sort((a, b) => compareTrials(a, b, direction));
  return trials[trials.length >> 1]!;
}
