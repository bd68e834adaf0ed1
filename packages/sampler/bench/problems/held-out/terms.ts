import type { Rng } from '@assay/sampler';
import type { Distribution, Scalar } from '@assay/space';
import { logUniform, pick } from '../../random-values.js';
import { unitGrid, unitOf } from './coordinates.js';

/** What one numeric parameter adds to the loss: more the farther it is from its target. */
export interface Term {
  readonly distribution: Distribution;
  readonly weight: number;
  readonly power: number;
}

export function anyTerm(distribution: Distribution, rng: Rng): Term {
  return { distribution, weight: logUniform(rng, 0.1, 3), power: pick(rng, [1, 2, 2, 2]) };
}

export function costOf(term: Term, value: Scalar, target: number): number {
  return costAt(term, unitOf(term.distribution, value), target);
}

/** The least cost of any value; 0 where the parameter is continuous. @param target in [0, 1] */
export function leastCost(term: Term, target: number): number {
  const grid = unitGrid(term.distribution);
  return grid === null ? 0 : Math.min(...grid.map((unit) => costAt(term, unit, target)));
}

function costAt({ weight, power }: Term, unit: number, target: number): number {
  return weight * Math.abs(unit - target) ** power;
}
