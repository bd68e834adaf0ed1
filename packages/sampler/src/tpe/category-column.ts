import type { Axis } from '../axis.js';
import type { CodedColumn } from './coded-column.js';
import type { KernelOptions } from './kernel-options.js';

/**
 * The kernels along an axis of categories: the observed one has most of the mass, and a share is spread over all of them:
 * s / (1 + C s) on each of C categories, with s = priorWeight / (n + 1) for n kernels that have the parameter. (Optuna's
 * rule.)
 */
export class CategoryColumn implements CodedColumn {
  readonly codes: number;
  readonly #options: KernelOptions;
  #present = 0;
  readonly #row: Float64Array;

  constructor({ cells }: Axis, options: KernelOptions) {
    this.codes = cells + 1;
    this.#options = options;
    this.#row = new Float64Array(this.codes);
  }

  add(x: number): number {
    if (Number.isNaN(x)) return 0;
    this.#present += 1;
    return x + 1;
  }

  remove(code: number): void {
    if (code > 0) this.#present -= 1;
  }

  densities(x: number): Float64Array {
    const cells = this.codes - 1;
    const { tail } = this.#options;
    const even = tail + (1 - tail) * this.#spread();
    this.#row.fill(even);
    this.#row[0] = 1;
    this.#row[x + 1] = even + cells * (1 - even);
    return this.#row;
  }

  draw(code: number, u: number): number {
    const cells = this.codes - 1;
    const spread = code === 0 ? 1 : this.#spread();
    return u < spread ? Math.min(Math.floor((u / spread) * cells), cells - 1) : code - 1;
  }

  /** The share of the mass that all categories have alike. */
  #spread(): number {
    const cells = this.codes - 1;
    const share = this.#options.priorWeight / (this.#present + 1);
    return (cells * share) / (1 + cells * share);
  }
}
