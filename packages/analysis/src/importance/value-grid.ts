import { cardinality, type Distribution, type Scalar, toModel } from '@assay/space';

/** A parameter's range cut into cells, on which densities are estimated. */
export interface ValueGrid {
  readonly cells: number;
  /** True for categories: no cell is nearer to another. */
  readonly unordered: boolean;
  /** The cell of a value that the distribution contains. */
  cellOf(value: Scalar): number;
}

/** `PedAnovaImportanceEvaluator._n_steps` in Optuna. */
const MAX_CELLS = 50;

/**
 * The grid of Optuna's `_count_numerical_param_in_grid` and `_count_categorical_param_in_grid`: one cell per value where
 * there are at most 50, about log2 cells for a log int; evenly spaced, on the log axis for a log range.
 * @returns null for a parameter that can take one value only
 */
export function valueGrid(distribution: Distribution): ValueGrid | null {
  const size = cardinality(distribution);
  if (size === 1) return null;
  switch (distribution.kind) {
    case 'categorical':
      return { cells: size, unordered: true, cellOf: (value) => toModel(distribution, value) };
    case 'ordered':
      return evenGrid(distribution, 0, size - 1, Math.min(size, MAX_CELLS));
    case 'float':
    case 'int': {
      const { kind, low, high, log } = distribution;
      const wanted = kind === 'int' && log ? Math.ceil(Math.log(size) / Math.LN2) + 1 : size;
      return evenGrid(
        distribution,
        toModel(distribution, low),
        toModel(distribution, high),
        Math.min(wanted, MAX_CELLS),
      );
    }
  }
}

/** Cell centres from low to high, both included. A value between two centres goes to the nearer, from the middle to the lower. */
function evenGrid(distribution: Distribution, low: number, high: number, cells: number): ValueGrid {
  const spacing = (high - low) / (cells - 1);
  const cellOf = (value: Scalar): number => {
    const cell = Math.ceil((toModel(distribution, value) - low) / spacing - 0.5);
    return Math.min(Math.max(cell, 0), cells - 1);
  };
  return { cells, unordered: false, cellOf };
}
