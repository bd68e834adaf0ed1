import type { Direction } from '@assay/sampler';
import { isCandidate, lossOf, type Outcome } from './analysed-trial.js';

/** One complete, feasible trial on the curve of the best value so far. */
export interface BestPoint {
  readonly number: number;
  /** The trial's own value. */
  readonly value: number;
  /** The best value among this trial and those before it. */
  readonly best: number;
}

/**
 * The best value so far, one point per complete and feasible trial.
 * @param trials ascending by number
 */
export function bestSoFar(trials: readonly Outcome[], direction: Direction): readonly BestPoint[] {
  const points: BestPoint[] = [];
  for (const { number, values } of trials.filter(isCandidate)) {
    const value = values[0]!;
    const before = points.at(-1)?.best ?? value;
    points.push({ number, value, best: isBetter(value, before, direction) ? value : before });
  }
  return points;
}

function isBetter(a: number, b: number, direction: Direction): boolean {
  return lossOf(a, direction) < lossOf(b, direction);
}
