import { type Axis, cellCoordinate, pointOf } from '../axis.js';
import type { Observation } from '../sampler.js';
import { CategoryColumn } from './category-column.js';
import { CellColumn } from './cell-column.js';
import type { CodedColumn } from './coded-column.js';
import type { KernelOptions } from './kernel-options.js';
import { type CodedAxis, kernelQuery, type NormalAxis } from './kernel-query.js';
import { KernelRows } from './kernel-rows.js';
import { kernelSums } from './kernel-sums.js';
import { NormalColumn } from './normal-column.js';
import { trialChanges } from './trial-changes.js';
import { toUnit } from './unit-axis.js';

/** One axis as the table keeps it: `slot` is its place among those of its kind. */
type Column =
  | { readonly kind: 'normal'; readonly slot: number; readonly kernels: NormalColumn }
  | { readonly kind: 'coded'; readonly slot: number; readonly kernels: CodedColumn }
  | { readonly kind: 'pinned'; readonly value: number };

/**
 * The product kernels around a set of trials, kept up with it: trials that come and go change their own kernel and their
 * neighbours' widths. What it holds follows from the set alone, whatever it held before.
 */
export class KernelTable {
  readonly #axes: readonly Axis[];
  readonly #options: KernelOptions;
  readonly #rows: KernelRows;
  readonly #columns: readonly Column[];
  /** The axes of either kind, by slot. */
  readonly #normalAxes: readonly NormalAxis[];
  readonly #codedAxes: readonly CodedAxis[];
  #trials: readonly Observation[] = [];

  constructor(axes: readonly Axis[], options: KernelOptions) {
    const kinds = axes.map((axis) => kindOf(axis, options));
    const count = (kind: Column['kind'], end = axes.length): number =>
      kinds.slice(0, end).filter((other) => other === kind).length;
    this.#axes = axes;
    this.#options = options;
    this.#rows = new KernelRows(axes.length, count('normal'), count('coded'));
    this.#columns = axes.map((axis, d) => this.#columnOf(axis, d, kinds[d]!, count(kinds[d]!, d)));
    this.#normalAxes = axes.flatMap((axis, d) => (kinds[d] === 'normal' ? [{ axis, d }] : []));
    this.#codedAxes = this.#columns.flatMap((column, d) =>
      column.kind === 'coded' ? [{ kernels: column.kernels, d }] : [],
    );
  }

  /** How many kernels there are. */
  get count(): number {
    return this.#rows.count;
  }

  /**
   * Makes the table hold exactly these trials.
   * @param trials ascending by number
   * @param weights one per trial; 1 each when left out
   */
  sync(trials: readonly Observation[], weights?: Float64Array): void {
    const { removed, added } = trialChanges(this.#trials, trials);
    for (const trial of removed) this.#remove(trial);
    for (const trial of added) this.#add(trial);
    this.#trials = trials;
    weights?.forEach((weight, i) => {
      this.#rows.weights[this.#rows.order[i]!] = weight;
    });
  }

  /**
   * The weighted sum of the kernels at each point, in multiples of the uniform density over its parameters.
   * @param stride takes every so many kernels, for all of them
   */
  sums(points: readonly Float64Array[], stride: number): Float64Array {
    const sums = new Float64Array(points.length);
    for (const group of alikeGroups(points)) {
      const alike = group.length === points.length ? points : group.map((i) => points[i]!);
      const query = kernelQuery(alike, this.#normalAxes, this.#codedAxes);
      const found = kernelSums(this.#rows, query, this.#options.tail, stride);
      for (let c = 0; c < group.length; c++) sums[group[c]!] = found[c]!;
    }
    return sums;
  }

  /** A coordinate drawn from the kernel of the i-th trial along an axis. @param u uniform in [0, 1) */
  draw(i: number, d: number, u: number): number {
    const row = this.#rows.order[i]!;
    const column = this.#columns[d]!;
    switch (column.kind) {
      case 'normal':
        return column.kernels.draw(row, u);
      case 'coded':
        return column.kernels.draw(this.#rows.codeOf[row * this.#rows.codes + column.slot]!, u);
      case 'pinned':
        return column.value;
    }
  }

  #columnOf(axis: Axis, d: number, kind: Column['kind'], slot: number): Column {
    switch (kind) {
      case 'normal':
        return { kind, slot, kernels: new NormalColumn(axis, this.#options, this.#rows, d, slot) };
      case 'coded': {
        const kernels = axis.unordered ? new CategoryColumn(axis, this.#options) : new CellColumn(axis, this.#options);
        return { kind, slot, kernels };
      }
      case 'pinned':
        return { kind, value: cellCoordinate(axis, 0) };
    }
  }

  #add(trial: Observation): void {
    const point = pointOf(this.#axes, trial.params);
    const row = this.#rows.add(
      trial.number,
      point.map((x, d) => toUnit(this.#axes[d]!, x)),
    );
    this.#columns.forEach((column, d) => {
      if (column.kind === 'normal') column.kernels.add(row);
      if (column.kind === 'coded')
        this.#rows.codeOf[row * this.#rows.codes + column.slot] = column.kernels.add(point[d]!);
    });
  }

  #remove(trial: Observation): void {
    const row = this.#rows.remove(trial.number);
    this.#columns.forEach((column) => {
      if (column.kind === 'normal') column.kernels.remove(row);
      if (column.kind === 'coded') column.kernels.remove(this.#rows.codeOf[row * this.#rows.codes + column.slot]!);
    });
  }
}

/** Discrete values count as continuous where the least kernel is twice as wide as the widest of them: within 1% of its mass. */
function kindOf(axis: Axis, { minWidth }: KernelOptions): Column['kind'] {
  if (axis.cells === 1) return 'pinned';
  if (axis.unordered) return 'coded';
  if (axis.cells === Infinity) return 'normal';
  const widest = cellCoordinate(axis, 0.5) - cellCoordinate(axis, -0.5);
  return widest <= 0.5 * minWidth * (axis.high - axis.low) ? 'normal' : 'coded';
}

/** Indices of points that have the same parameters. */
function alikeGroups(points: readonly Float64Array[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  points.forEach((point, i) => {
    const group = groups.find(([first]) => haveSame(points[first!]!, point));
    if (group === undefined) groups.push([i]);
    else group.push(i);
  });
  return groups;
}

function haveSame(a: Float64Array, b: Float64Array): boolean {
  for (let d = 0; d < a.length; d++) if (Number.isNaN(a[d]!) !== Number.isNaN(b[d]!)) return false;
  return true;
}
