import type { Rng } from '@assay/sampler';
import { gaussian, listOf, logUniform, uniform, wholeBetween } from '../../random-values.js';
import type { Problem } from '../problem.js';
import { anyFloat } from './continuous.js';
import { unitOf } from './coordinates.js';

/**
 * A quadratic whose free minimum lies beyond a wall, so that the best feasible point is on the wall; a ball around that
 * point bounds the rest. With steepness A, wall normal n and optimum c the free minimum is m = c + t A^-1 n: at c the
 * gradient points along -n, which makes it the constrained minimum (Karush, Kuhn and Tucker).
 */
export function constrainedProblem(name: string, rng: Rng): Problem {
  const dimensions = wholeBetween(rng, 2, 8);
  const parameters = listOf(dimensions, (i) => ({ name: `x${i}`, distribution: anyFloat(rng), condition: null }));
  const best = listOf(dimensions, () => uniform(rng, 0.1, 0.9));
  const steepness = listOf(dimensions, () => logUniform(rng, 1, 30));
  const normal = listOf(dimensions, () => gaussian(rng));
  const beyond = uniform(rng, 0.2, 0.6);
  const free = best.map((c, i) => c + (beyond * normal[i]!) / steepness[i]!);
  const centre = best.map((c) => c + uniform(rng, -0.1, 0.1));
  const radius = uniform(rng, 0.35, 0.6) * Math.sqrt(dimensions / 2);
  const lossAt = (point: readonly number[]): number =>
    point.reduce((sum, x, i) => sum + steepness[i]! * (x - free[i]!) ** 2, 0);
  const unitsOf = (params: Parameters<Problem['loss']>[0]): readonly number[] =>
    parameters.map((p) => unitOf(p.distribution, params[p.name]!));
  return {
    name,
    parameters,
    optimum: lossAt(best),
    loss: (params) => lossAt(unitsOf(params)),
    constraints: (params) => {
      const point = unitsOf(params);
      const overWall = point.reduce((sum, x, i) => sum + normal[i]! * (x - best[i]!), 0);
      const fromCentre = point.reduce((sum, x, i) => sum + (x - centre[i]!) ** 2, 0);
      return [overWall, Math.sqrt(fromCentre) - radius];
    },
  };
}
