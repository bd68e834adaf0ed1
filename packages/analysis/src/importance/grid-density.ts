import { normalCdf } from '@assay/sampler';

/** Half a cell at 90% of a normal's mass: narrower kernels would not reach beyond their cell. */
const MIN_SIGMA = 0.5 / 1.64;

/** What a cell gets at least, so that a ratio of densities is always finite. */
const FLOOR = 1e-12;

/**
 * The share of observations that each cell of a grid of categories is expected to get: every category seen is a kernel that
 * gives its own cell most of its weight, and one further observation is spread evenly.
 * @param counts observations by cell, at least one in all
 * @returns probabilities by cell; they sum to 1
 * @see Optuna 5.0 `ScottParzenEstimator._calculate_categorical_distributions` with a prior weight of 1
 */
export function categoryDensity(counts: Float64Array): Float64Array {
  const kernels = counts.reduce((seen, count) => seen + (count > 0 ? 1 : 0), 1);
  const total = sum(counts);
  const cells = counts.length;
  const rowSum = 1 + cells / kernels;
  const shared = (total / kernels / rowSum + 1 / cells) / (total + 1);
  return counts.map((count) => shared + count / rowSum / (total + 1) + FLOOR);
}

/**
 * The same on a grid of ordered cells: a mixture of normals, cut off half a cell beyond the first and the last cell, one
 * around each observation with the bandwidth of Scott's rule, and a wide one for one further observation.
 * @param counts observations by cell, at least one in all
 * @returns probabilities by cell; they sum to 1
 * @see Watanabe et al. 2023, "PED-ANOVA", and Optuna 5.0 `ScottParzenEstimator._calculate_numerical_distributions`
 */
export function orderedDensity(counts: Float64Array): Float64Array {
  const cells = counts.length;
  const total = sum(counts);
  const density = new Float64Array(cells).fill(FLOOR);
  const narrow = massBelow(cells, 0, Math.max(scottBandwidth(counts), MIN_SIGMA));
  counts.forEach((count, cell) => {
    if (count > 0) addKernel(density, narrow, cell, count / (total + 1));
  });
  // In the middle, so for an even number of cells half-way between two of them.
  const middle = (cells - 1) / 2;
  addKernel(density, massBelow(cells, middle % 1, cells), Math.floor(middle), 1 / (total + 1));
  return density;
}

/** The mass below each edge from `cells - 0.5` cells before a cell to as many after it, of a normal that far beyond its centre. */
function massBelow(cells: number, offset: number, sigma: number): Float64Array {
  return Float64Array.from({ length: 2 * cells }, (_, i) => normalCdf((i - cells + 0.5 - offset) / sigma));
}

/** Adds a normal's mass in every cell, as a share of its mass on the whole grid. */
function addKernel(density: Float64Array, below: Float64Array, centre: number, weight: number): void {
  const cells = density.length;
  const start = cells - centre;
  const scale = weight / (below[start + cells - 1]! - below[start - 1]!);
  for (let cell = 0; cell < cells; cell++) density[cell]! += scale * (below[start + cell]! - below[start + cell - 1]!);
}

/**
 * Bandwidth in cells: 1.059 min(IQR / 1.34, standard deviation) n^(-1/5), the quartiles as Optuna picks them.
 * @see Scott 1992, "Multivariate Density Estimation"
 */
function scottBandwidth(counts: Float64Array): number {
  const total = sum(counts);
  const mean = sum(counts.map((count, cell) => count * cell)) / total;
  const spread = sum(counts.map((count, cell) => count * (cell - mean) ** 2));
  const deviation = Math.sqrt(spread / Math.max(1, total - 1));
  const lower = cellAtRank(counts, Math.max(1, Math.floor(total / 4)));
  const upper = cellAtRank(counts, Math.min(total, Math.floor((total * 3) / 4) + 1));
  return (1.059 * Math.min((upper - lower) / 1.34, deviation)) / total ** 0.2;
}

/** The cell of the observation with this rank, 1 being the one in the lowest cell. */
function cellAtRank(counts: Float64Array, rank: number): number {
  let seen = 0;
  return counts.findIndex((count) => {
    seen += count;
    return seen >= rank;
  });
}

function sum(xs: Float64Array): number {
  return xs.reduce((total, x) => total + x, 0);
}
