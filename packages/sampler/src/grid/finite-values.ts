import { cardinality, type Distribution, fromModel, type Scalar } from '@assay/space';

/** Values of one parameter by position, so that a huge int range needs no array. */
export interface GridValues {
  readonly count: number;
  at(position: number): Scalar;
}

/** Every value of a distribution that has finitely many, ascending or in the order of the list. */
export function finiteValues(distribution: Distribution): GridValues {
  const count = cardinality(distribution);
  switch (distribution.kind) {
    case 'float':
    case 'int': {
      const { low, step } = distribution;
      const valueAt = (position: number): number => low + position * (step ?? 0);
      return {
        count,
        at: (position) => fromModel(distribution, distribution.log ? Math.log(valueAt(position)) : valueAt(position)),
      };
    }
    case 'categorical':
      return { count, at: (position) => distribution.choices[position]! };
    case 'ordered':
      return { count, at: (position) => distribution.values[position]! };
  }
}
