import { type Axis, isOpen } from '../axis.js';
import type { Rng } from '../rng.js';
import type { Observation } from '../sampler.js';
import type { KernelOptions } from './kernel-options.js';
import { KernelTable } from './kernel-table.js';
import { fromUnit, nearestCoordinate } from './unit-axis.js';

/** Trials that have a kernel each, and how much each counts. */
export interface WeighedTrials {
  /** Ascending by number. */
  readonly trials: readonly Observation[];
  /** One per trial, of mean 1; 1 each when left out. */
  readonly weights?: Float64Array;
}

/** Trials of one study, and what one of them counts beside one of this study. */
interface Part {
  readonly table: KernelTable;
  weights: Float64Array | undefined;
  share: number;
}

/**
 * A density over configurations: a weighted sum of product kernels, one per trial of this study and of an earlier one, and
 * of the uniform density, the prior. Densities are in multiples of the uniform one over a point's parameters.
 */
export class Mixture {
  readonly #axes: readonly Axis[];
  readonly #priorWeight: number;
  readonly #own: Part;
  readonly #earlier: Part;
  /** For draws; null until one is asked for. */
  #ends: Float64Array | null = null;
  /** The weight of all kernels and the prior. */
  #total: number;

  constructor(axes: readonly Axis[], options: KernelOptions) {
    this.#axes = axes;
    this.#priorWeight = options.priorWeight;
    this.#own = { table: new KernelTable(axes, options), weights: undefined, share: 1 };
    this.#earlier = { table: new KernelTable(axes, options), weights: undefined, share: 0 };
    this.#total = options.priorWeight;
  }

  /** How many kernels there are, the prior's left out. */
  get count(): number {
    return this.#own.table.count + this.#earlier.table.count;
  }

  sync({ trials, weights }: WeighedTrials): void {
    this.#own.table.sync(trials, weights);
    this.#own.weights = weights;
    this.#refresh();
  }

  /** @param share what one trial of the earlier study counts beside one of this study */
  syncEarlier({ trials, weights }: WeighedTrials, share: number): void {
    this.#earlier.table.sync(trials, weights);
    this.#earlier.weights = weights;
    this.#earlier.share = share;
    this.#refresh();
  }

  /**
   * ln of the density at each point.
   * @param stride takes every so many kernels, for all of them
   */
  logDensities(points: readonly Float64Array[], stride = 1): Float64Array {
    const sums = new Float64Array(points.length).fill(this.#priorWeight);
    for (const { table, share } of [this.#own, this.#earlier]) {
      if (table.count === 0) continue;
      const found = table.sums(points, stride);
      for (let i = 0; i < sums.length; i++) sums[i]! += share * found[i]!;
    }
    // Hundreds of axes can take a product beyond what a double holds, and a difference of infinities is none.
    for (let i = 0; i < sums.length; i++) sums[i] = Math.log(Math.min(sums[i]!, Number.MAX_VALUE) / this.#total);
    return sums;
  }

  /**
   * A point whose coordinates come from one kernel, or each, with the chance `crossover`, from another; inactive ones are
   * NaN. Without crossover the draws follow the density, the kernels' tails left out.
   */
  draw(rng: Rng, crossover: number): Float64Array {
    const point = new Float64Array(this.#axes.length).fill(Number.NaN);
    const first = this.#pick(rng.next());
    for (let d = 0; d < point.length; d++) {
      if (!isOpen(this.#axes[d]!, point)) continue;
      const kernel = rng.next() < crossover ? this.#pick(rng.next()) : first;
      point[d] = this.#coordinateFrom(kernel, d, rng.next());
    }
    return point;
  }

  #refresh(): void {
    this.#ends = null;
    this.#total = this.#priorWeight + this.#own.table.count + this.#earlier.share * this.#earlier.table.count;
  }

  /** A kernel drawn by weight: its place, those of the earlier study behind the others; behind all, the prior's. */
  #pick(u: number): number {
    this.#ends ??= this.#endsOfShares();
    const at = u * this.#total;
    let place = 0;
    while (place < this.#ends.length && this.#ends[place]! <= at) place += 1;
    return place;
  }

  /** By kernel, the sum of the weights up to it. */
  #endsOfShares(): Float64Array {
    const ends = new Float64Array(this.count);
    let end = 0;
    let place = 0;
    for (const { table, weights, share } of [this.#own, this.#earlier]) {
      for (let i = 0; i < table.count; i++) {
        end += share * (weights?.[i] ?? 1);
        ends[place++] = end;
      }
    }
    return ends;
  }

  /** @param u uniform in [0, 1) */
  #coordinateFrom(kernel: number, d: number, u: number): number {
    const own = this.#own.table.count;
    if (kernel < own) return this.#own.table.draw(kernel, d, u);
    if (kernel < this.count) return this.#earlier.table.draw(kernel - own, d, u);
    return uniformCoordinate(this.#axes[d]!, u);
  }
}

/** @param u uniform in [0, 1) */
function uniformCoordinate(axis: Axis, u: number): number {
  return nearestCoordinate(axis, fromUnit(axis, u));
}
