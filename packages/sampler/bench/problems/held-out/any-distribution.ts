import type { Rng } from '@assay/sampler';
import { categorical, type Distribution, float, int, ordered } from '@assay/space';
import { listOf, logUniform, pick, uniform, wholeBetween } from '../../random-values.js';
import { anyFloat } from './continuous.js';

/** An ordered parameter as people write them: floats and ints, some on log scales, some stepped, lists of values. */
export function anyNumeric(rng: Rng): Distribution {
  switch (pick(rng, ['float', 'log', 'int', 'log int', 'steps', 'list'] as const)) {
    case 'float':
      return anyFloat(rng);
    case 'log': {
      const low = logUniform(rng, 1e-7, 1e-2);
      return float(low, low * logUniform(rng, 100, 1e6), { log: true });
    }
    case 'int': {
      const low = wholeBetween(rng, 0, 5);
      return int(low, low + wholeBetween(rng, 2, 30));
    }
    case 'log int':
      return int(wholeBetween(rng, 1, 8), wholeBetween(rng, 32, 2048), { log: true });
    case 'steps':
      return float(0, wholeBetween(rng, 4, 20) / 20, { step: 0.05 });
    case 'list': {
      const first = wholeBetween(rng, 2, 5);
      return ordered(listOf(wholeBetween(rng, 3, 7), (i) => 2 ** (first + i)));
    }
  }
}

export function anyCategorical(rng: Rng): Distribution & { readonly kind: 'categorical' } {
  return categorical(listOf(wholeBetween(rng, 2, 6), (i) => `choice${i}`));
}

/** A target in [0, 1] that sits on a border one time in ten, as optima of real parameters do. */
export function anyTarget(rng: Rng): number {
  return rng.next() < 0.1 ? pick(rng, [0, 1]) : uniform(rng, 0, 1);
}
