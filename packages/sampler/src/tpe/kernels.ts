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

/** Truncated normals by their centres and widths. */
interface Normals {
  readonly mu: Float64Array;
  readonly sigma: Float64Array;
}

/** One truncated normal per observation, and a wide one in the middle for the prior. */
function normalKernels(axis: Axis, xs: Float64Array, options: KernelOptions): AxisKernels {
  const { low, high } = axis;
  const normals = normalsAround(axis, xs, options);
  const draw = (i: number, u: number): number =>
    truncatedNormalQuantile(normals.mu[i]!, normals.sigma[i]!, low, high, u);
  if (axis.cells === Infinity) return { addLogDensity: densityAdder(axis, normals), draw };
  return {
    addLogDensity: cellMassAdder(axis, normals),
    draw: (i, u) => cellCoordinate(axis, cellIndex(axis, draw(i, u))),
  };
}

function normalsAround({ low, high }: Axis, xs: Float64Array, options: KernelOptions): Normals {
  const mu = new Float64Array(xs.length + 1).fill((low + high) / 2);
  const sigma = new Float64Array(xs.length + 1).fill(high - low);
  const widths = kernelWidths(withoutNaN(xs), low, high, options);
  let next = 0;
  for (let i = 0; i < xs.length; i++) {
    if (Number.isNaN(xs[i]!)) continue;
    mu[i] = xs[i]!;
    sigma[i] = widths[next++]!;
  }
  return { mu, sigma };
}

function withoutNaN(xs: Float64Array): Float64Array {
  const kept = new Float64Array(xs.length);
  let count = 0;
  for (let i = 0; i < xs.length; i++) if (!Number.isNaN(xs[i]!)) kept[count++] = xs[i]!;
  return kept.subarray(0, count);
}

/** ln of a normal's mass between two points, for each normal. */
function logMasses({ mu, sigma }: Normals, left: number, right: number): Float64Array {
  const masses = new Float64Array(mu.length);
  for (let i = 0; i < mu.length; i++)
    masses[i] = logNormalMass((left - mu[i]!) / sigma[i]!, (right - mu[i]!) / sigma[i]!);
  return masses;
}

function densityAdder({ low, high }: Axis, normals: Normals): AxisKernels['addLogDensity'] {
  const { mu, sigma } = normals;
  const scale = sigma.map((s) => Math.SQRT1_2 / s);
  const constant = logMasses(normals, low, high);
  for (let i = 0; i < mu.length; i++) constant[i] = -Math.log(sigma[i]!) - 0.5 * Math.log(2 * Math.PI) - constant[i]!;
  return (x, sums) => {
    for (let i = 0; i < sums.length; i++) {
      const z = (x - mu[i]!) * scale[i]!;
      sums[i]! += constant[i]! - z * z;
    }
  };
}

/** Masses of cells are dear, so each is worked out once: candidates meet in the same cells, observations too. */
function cellMassAdder(axis: Axis, normals: Normals): AxisKernels['addLogDensity'] {
  const { distinct, which } = withoutRepeats(normals);
  const whole = logMasses(distinct, axis.low, axis.high);
  const rows = new Map<number, Float64Array>();
  const rowOf = (cell: number): Float64Array => {
    const known = rows.get(cell);
    if (known !== undefined) return known;
    const row = logMasses(distinct, cellCoordinate(axis, cell - 0.5), cellCoordinate(axis, cell + 0.5));
    for (let j = 0; j < row.length; j++) row[j]! -= whole[j]!;
    rows.set(cell, row);
    return row;
  };
  return (x, sums) => {
    const row = rowOf(cellIndex(axis, x));
    for (let i = 0; i < sums.length; i++) sums[i]! += row[which[i]!]!;
  };
}

/** The normals that differ, and for each normal which of those it is. */
function withoutRepeats({ mu, sigma }: Normals): { readonly distinct: Normals; readonly which: Int32Array } {
  const which = new Int32Array(mu.length);
  const byMu = new Map<number, Map<number, number>>();
  const firsts: number[] = [];
  for (let i = 0; i < mu.length; i++) {
    const bySigma = byMu.get(mu[i]!) ?? new Map<number, number>();
    byMu.set(mu[i]!, bySigma);
    const index = bySigma.get(sigma[i]!) ?? firsts.push(i) - 1;
    bySigma.set(sigma[i]!, index);
    which[i] = index;
  }
  const take = (values: Float64Array): Float64Array => Float64Array.from(firsts, (i) => values[i]!);
  return { distinct: { mu: take(mu), sigma: take(sigma) }, which };
}

/**
 * The observed category with most of the mass, the prior's share spread over all: (1 + s) / (1 + C s) and s / (1 + C s)
 * with s = priorWeight / (n + 1). The prior itself is uniform. (Optuna's rule.)
 */
function categoryKernels({ cells }: Axis, xs: Float64Array, priorWeight: number): AxisKernels {
  const present = withoutNaN(xs).length;
  const share = priorWeight / (present + 1);
  const other = share / (1 + cells * share);
  const logOwn = Math.log((1 + share) / (1 + cells * share));
  const logOther = Math.log(other);
  const logUniform = -Math.log(cells);
  const observed = new Float64Array(xs.length + 1).fill(Number.NaN);
  observed.set(xs);
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
