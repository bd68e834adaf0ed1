import { type Axis, cellCoordinate, cellIndex } from '../axis.js';
import { logNormalMass } from '../normal/normal.js';
import { truncatedNormalQuantile } from '../normal/truncated-normal.js';
import { kernelWidths, type WidthOptions } from './kernel-widths.js';

/**
 * The kernels of one axis, one per observation and the prior last. An observation without the parameter has the
 * prior's kernel there, which is what integrating the parameter out of a joint kernel leaves.
 */
export interface AxisKernels {
  /** Adds ln k_i(x) to `sums[i]` for every kernel i; a discrete x counts as the mass of its cell. */
  addLogDensity(x: number, sums: Float64Array): void;
  /** A coordinate drawn from kernel i, rounded to a cell where values are discrete. @param u uniform in [0, 1) */
  draw(i: number, u: number): number;
}

export interface KernelOptions extends WidthOptions {
  readonly priorWeight: number;
}

/** @param xs the observations' coordinates, NaN where one lacks the parameter */
export function axisKernels(axis: Axis, xs: Float64Array, options: KernelOptions): AxisKernels {
  if (axis.cells === 1) return { addLogDensity: () => undefined, draw: () => cellCoordinate(axis, 0) };
  return axis.unordered ? categoryKernels(axis, xs, options.priorWeight) : normalKernels(axis, xs, options);
}

/** Truncated normals around the observations, a wide one in the middle for the prior. */
function normalKernels(axis: Axis, xs: Float64Array, options: KernelOptions): AxisKernels {
  const { low, high } = axis;
  const count = xs.length + 1;
  const mu = new Float64Array(count).fill((low + high) / 2);
  const sigma = new Float64Array(count).fill(high - low);
  const widths = kernelWidths(
    xs.filter((x) => !Number.isNaN(x)),
    low,
    high,
    options,
  );
  let present = 0;
  xs.forEach((x, i) => {
    if (Number.isNaN(x)) return;
    mu[i] = x;
    sigma[i] = widths[present++]!;
  });
  const logMass = mu.map((m, i) => logNormalMass((low - m) / sigma[i]!, (high - m) / sigma[i]!));
  const draw = (i: number, u: number): number => truncatedNormalQuantile(mu[i]!, sigma[i]!, low, high, u);
  if (axis.cells === Infinity) return { addLogDensity: logDensityAdder(mu, sigma, logMass), draw };
  return {
    addLogDensity: cellMassAdder(axis, mu, sigma, logMass),
    draw: (i, u) => cellCoordinate(axis, cellIndex(axis, draw(i, u))),
  };
}

function logDensityAdder(mu: Float64Array, sigma: Float64Array, logMass: Float64Array): AxisKernels['addLogDensity'] {
  const inverse = sigma.map((s) => Math.SQRT1_2 / s);
  const constant = sigma.map((s, i) => -Math.log(s) - 0.5 * Math.log(2 * Math.PI) - logMass[i]!);
  return (x, sums) => {
    for (let i = 0; i < sums.length; i++) {
      const z = (x - mu[i]!) * inverse[i]!;
      sums[i]! += constant[i]! - z * z;
    }
  };
}

/** The masses of a cell are worked out once: candidates meet in the same cells. */
function cellMassAdder(
  axis: Axis,
  mu: Float64Array,
  sigma: Float64Array,
  logMass: Float64Array,
): AxisKernels['addLogDensity'] {
  const masses = new Map<number, Float64Array>();
  const massesOf = (cell: number): Float64Array => {
    const left = cellCoordinate(axis, cell - 0.5);
    const right = cellCoordinate(axis, cell + 0.5);
    return mu.map((m, i) => logNormalMass((left - m) / sigma[i]!, (right - m) / sigma[i]!) - logMass[i]!);
  };
  return (x, sums) => {
    const cell = cellIndex(axis, x);
    let row = masses.get(cell);
    if (row === undefined) {
      row = massesOf(cell);
      masses.set(cell, row);
    }
    for (let i = 0; i < sums.length; i++) sums[i]! += row[i]!;
  };
}

/**
 * The observed category with most of the mass, the prior's share spread over all: (1 + s) / (1 + C s) and s / (1 + C s)
 * with s = priorWeight / (n + 1). The prior itself is uniform. (Optuna's rule.)
 */
function categoryKernels({ cells }: Axis, xs: Float64Array, priorWeight: number): AxisKernels {
  const present = xs.reduce((n, x) => (Number.isNaN(x) ? n : n + 1), 0);
  const share = priorWeight / (present + 1);
  const own = (1 + share) / (1 + cells * share);
  const other = share / (1 + cells * share);
  const observed = Float64Array.from([...xs, Number.NaN]);
  const logOwn = Math.log(own);
  const logOther = Math.log(other);
  const logUniform = -Math.log(cells);
  return {
    addLogDensity: (x, sums) => {
      for (let i = 0; i < sums.length; i++) {
        const o = observed[i]!;
        sums[i]! += o === x ? logOwn : Number.isNaN(o) ? logUniform : logOther;
      }
    },
    draw: (i, u) => {
      const o = observed[i]!;
      const spread = Number.isNaN(o) ? 1 : cells * other; // the mass that is shared evenly by all categories
      return u < spread ? Math.min(Math.floor((u / spread) * cells), cells - 1) : o;
    },
  };
}
