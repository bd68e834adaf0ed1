import { type Distribution, modelRange, type Scalar, toModel } from '@assay/space';

/** A value as a number in [0, 1] along its model-unit range. */
export function unitOf(distribution: Distribution, value: Scalar): number {
  const { low, high } = modelRange(distribution);
  return (toModel(distribution, value) - low) / (high - low);
}

/** The unit coordinates that a discrete parameter can take, or null for a continuous one. */
export function unitGrid(distribution: Distribution): readonly number[] | null {
  const values = valuesOf(distribution);
  return values?.map((value) => unitOf(distribution, value)) ?? null;
}

/** All values of a discrete parameter, ascending or in the order of its list; null for a continuous one. */
export function valuesOf(distribution: Distribution): readonly Scalar[] | null {
  switch (distribution.kind) {
    case 'float':
    case 'int': {
      const { low, high, step } = distribution;
      if (step === null) return null;
      return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
    }
    case 'categorical':
      return distribution.choices;
    case 'ordered':
      return distribution.values;
  }
}
