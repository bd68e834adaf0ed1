import type { Axis } from '../axis.js';
import { truncatedNormalQuantile } from '../normal/truncated-normal.js';
import { bellScale } from './bell-table.js';
import type { KernelOptions } from './kernel-options.js';
import type { KernelRows } from './kernel-rows.js';
import { kernelWidth } from './kernel-widths.js';
import { fromUnit, massInUnit, nearestCoordinate } from './unit-axis.js';

/**
 * The kernels along an axis of floats, or of values so close that a kernel hardly tells them apart: truncated normals
 * whose widths follow from their neighbours. Kernels without a coordinate are uniform.
 */
export class NormalColumn {
  readonly #axis: Axis;
  readonly #options: KernelOptions;
  readonly #rows: KernelRows;
  readonly #d: number;
  readonly #column: number;
  /** Rows with a coordinate, ascending by it, then by trial: the first `#count`. */
  #sorted = new Int32Array(16);
  #count = 0;

  /** @param d the axis's place among all, `column` its place among the normal ones */
  constructor(axis: Axis, options: KernelOptions, rows: KernelRows, d: number, column: number) {
    this.#axis = axis;
    this.#options = options;
    this.#rows = rows;
    this.#d = d;
    this.#column = column;
  }

  add(row: number): void {
    if (Number.isNaN(this.#mu(row))) {
      this.#setBell(row, 0, 0, 1 - this.#options.tail);
      return;
    }
    if (this.#count === this.#sorted.length) this.#sorted = doubled(this.#sorted);
    const place = this.#placeOf(row);
    this.#sorted.copyWithin(place + 1, place, this.#count);
    this.#sorted[place] = row;
    this.#count += 1;
    for (let near = place - 1; near <= place + 1; near++) this.#refresh(near);
  }

  remove(row: number): void {
    if (Number.isNaN(this.#mu(row))) return;
    const place = this.#placeOf(row);
    this.#sorted.copyWithin(place, place + 1, this.#count);
    this.#count -= 1;
    this.#refresh(place - 1);
    this.#refresh(place);
  }

  /** A coordinate drawn from a row's kernel, its tail left out. @param u uniform in [0, 1) */
  draw(row: number, u: number): number {
    const { bells, normals } = this.#rows;
    const at = 3 * (row * normals + this.#column);
    const sigma = bellScale(1) / bells[at + 1]!;
    const share = sigma === Infinity ? u : truncatedNormalQuantile(bells[at]!, sigma, 0, 1, u);
    return nearestCoordinate(this.#axis, fromUnit(this.#axis, share));
  }

  /** In units of the range. */
  #mu(row: number): number {
    return this.#rows.points[row * this.#rows.axes + this.#d]!;
  }

  #placeOf(row: number): number {
    const { numbers } = this.#rows;
    const mu = this.#mu(row);
    let from = 0;
    let to = this.#count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const other = this.#sorted[middle]!;
      const otherMu = this.#mu(other);
      if (otherMu < mu || (otherMu === mu && numbers[other]! < numbers[row]!)) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Sets the kernel of the row at a place among the sorted, if there is one. */
  #refresh(place: number): void {
    if (place < 0 || place >= this.#count) return;
    const row = this.#sorted[place]!;
    const mu = this.#mu(row);
    const { minWidth, tail } = this.#options;
    const sigma = kernelWidth(minWidth, mu, this.#muAt(place - 1), this.#muAt(place + 1), 1);
    const height = (1 - tail) / (sigma * Math.sqrt(2 * Math.PI) * massInUnit(mu, sigma));
    this.#setBell(row, mu, bellScale(sigma), height);
  }

  #muAt(place: number): number {
    return place < 0 || place >= this.#count ? Number.NaN : this.#mu(this.#sorted[place]!);
  }

  #setBell(row: number, mu: number, scale: number, height: number): void {
    const at = 3 * (row * this.#rows.normals + this.#column);
    this.#rows.bells[at] = mu;
    this.#rows.bells[at + 1] = scale;
    this.#rows.bells[at + 2] = height;
  }
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(values.length * 2);
  longer.set(values);
  return longer;
}
