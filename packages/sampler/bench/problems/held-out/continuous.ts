import type { Rng } from '@assay/sampler';
import { type FloatDistribution, float, type SearchSpace } from '@assay/space';
import { listOf, logUniform, uniform, wholeBetween } from '../../random-values.js';
import type { Problem } from '../problem.js';
import { unitOf } from './coordinates.js';
import type { LandscapeFamily } from './landscapes.js';

/** A float over a random range, on a log scale one time in four. */
export function anyFloat(rng: Rng): FloatDistribution {
  if (rng.next() < 0.25) {
    const low = logUniform(rng, 1e-6, 1e-1);
    return float(low, low * logUniform(rng, 10, 1e5), { log: true });
  }
  const low = uniform(rng, -10, 10);
  return float(low, low + logUniform(rng, 0.1, 100));
}

function anyFloats(count: number, rng: Rng): SearchSpace {
  return listOf(count, (i) => ({ name: `x${i}`, distribution: anyFloat(rng), condition: null }));
}

/** A landscape over floats of different ranges, 2 to 12 of them. */
export function continuousProblem(name: string, family: LandscapeFamily, rng: Rng): Problem {
  const parameters = anyFloats(wholeBetween(rng, 2, 12), rng);
  const landscape = family(parameters.length, rng);
  return {
    name,
    parameters,
    optimum: 0,
    loss: (params) => landscape(parameters.map((p) => unitOf(p.distribution, params[p.name]!))),
  };
}

/** Twenty floats of which 3 to 5 matter. */
export function sparseProblem(name: string, family: LandscapeFamily, rng: Rng): Problem {
  const parameters = anyFloats(20, rng);
  const active = wholeBetween(rng, 3, 5);
  const offset = wholeBetween(rng, 0, 20 - active);
  const landscape = family(active, rng);
  const mattering = parameters.slice(offset, offset + active);
  return {
    name,
    parameters,
    optimum: 0,
    loss: (params) => landscape(mattering.map((p) => unitOf(p.distribution, params[p.name]!))),
  };
}
