import { type Axis, cellCoordinate, cellIndex } from '../axis.js';
import { normalCdf } from '../normal/normal.js';
import { truncatedNormalQuantile } from '../normal/truncated-normal.js';
import type { CodedColumn } from './coded-column.js';
import type { KernelOptions } from './kernel-options.js';
import { kernelWidth } from './kernel-widths.js';
import { fromUnit, massInUnit, nearestCoordinate, toUnit } from './unit-axis.js';

/** A normal has less than 2e-9 of its mass farther out than this many widths: beside the tail it does not count. */
const FARTHEST = 6;

/** The least width in cells: then a kernel on a value gives each neighbouring one about a twentieth. (Measured: TPE.md.) */
const LEAST_CELLS = 0.3;

/** The kernels on one value; lengths are shares of the range. */
interface CellKernel {
  readonly code: number;
  readonly cell: number;
  readonly mu: number;
  count: number;
  sigma: number;
  /** The normal's mass within the range. */
  mass: number;
}

/**
 * The kernels along an axis of discrete, ordered values: truncated normals whose mass on a value is that of its cell.
 * All kernels on one value are alike.
 */
export class CellColumn implements CodedColumn {
  readonly #axis: Axis;
  readonly #options: KernelOptions;
  /** By cell; ascending by cell; by code. */
  readonly #kernels = new Map<number, CellKernel>();
  readonly #sorted: CellKernel[] = [];
  readonly #byCode: (CellKernel | null)[] = [null];
  readonly #free: number[] = [];
  /** By cell, what `densities` gave for it; emptied when a kernel comes, goes or changes its shape. */
  readonly #rows = new Map<number, Float64Array>();

  constructor(axis: Axis, options: KernelOptions) {
    this.#axis = axis;
    this.#options = options;
  }

  get codes(): number {
    return this.#byCode.length;
  }

  add(x: number): number {
    if (Number.isNaN(x)) return 0;
    const cell = cellIndex(this.#axis, x);
    const kernel = this.#kernels.get(cell) ?? this.#open(cell);
    kernel.count += 1;
    this.#refreshAround(this.#placeOf(cell));
    return kernel.code;
  }

  remove(code: number): void {
    const kernel = this.#byCode[code]!;
    if (kernel === null) return;
    const place = this.#placeOf(kernel.cell);
    kernel.count -= 1;
    if (kernel.count === 0) this.#close(kernel, place);
    this.#refreshAround(place);
  }

  densities(x: number): Float64Array {
    const cell = cellIndex(this.#axis, x);
    const row = this.#rows.get(cell) ?? this.#densities(cell);
    this.#rows.set(cell, row);
    return row;
  }

  draw(code: number, u: number): number {
    const kernel = this.#byCode[code]!;
    const share = kernel === null ? u : truncatedNormalQuantile(kernel.mu, kernel.sigma, 0, 1, u);
    return nearestCoordinate(this.#axis, fromUnit(this.#axis, share));
  }

  #densities(cell: number): Float64Array {
    const left = this.#unitAt(cell - 0.5);
    const right = this.#unitAt(cell + 0.5);
    const row = new Float64Array(this.codes).fill(1);
    for (const { code, mu, sigma, mass } of this.#sorted) {
      const [a, b] = [(left - mu) / sigma, (right - mu) / sigma];
      const inside = a > FARTHEST || b < -FARTHEST ? 0 : (normalCdf(b) - normalCdf(a)) / mass;
      row[code] = this.#options.tail + ((1 - this.#options.tail) * inside) / (right - left);
    }
    return row;
  }

  #unitAt(cell: number): number {
    return toUnit(this.#axis, cellCoordinate(this.#axis, cell));
  }

  #open(cell: number): CellKernel {
    const code = this.#free.pop() ?? this.#byCode.length;
    const kernel = { code, cell, mu: this.#unitAt(cell), count: 0, sigma: Number.NaN, mass: Number.NaN };
    this.#kernels.set(cell, kernel);
    this.#sorted.splice(this.#placeOf(cell), 0, kernel);
    this.#byCode[code] = kernel;
    this.#rows.clear();
    return kernel;
  }

  #close({ cell, code }: CellKernel, place: number): void {
    this.#kernels.delete(cell);
    this.#sorted.splice(place, 1);
    this.#byCode[code] = null;
    this.#free.push(code);
    this.#rows.clear();
  }

  #placeOf(cell: number): number {
    let from = 0;
    let to = this.#sorted.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#sorted[middle]!.cell < cell) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #refreshAround(place: number): void {
    for (let near = place - 1; near <= place + 1; near++) this.#refresh(near);
  }

  #refresh(place: number): void {
    const kernel = this.#sorted[place];
    if (kernel === undefined) return;
    const { cell, mu, count } = kernel;
    const left = this.#sorted[place - 1]?.mu ?? Number.NaN;
    const right = this.#sorted[place + 1]?.mu ?? Number.NaN;
    const least = LEAST_CELLS * (this.#unitAt(cell + 0.5) - this.#unitAt(cell - 0.5));
    const sigma = kernelWidth(Math.max(this.#options.minWidth, least), mu, left, right, count);
    if (sigma === kernel.sigma) return;
    kernel.sigma = sigma;
    kernel.mass = massInUnit(mu, sigma);
    this.#rows.clear();
  }
}
