import { BELL_END, BELL_TABLE } from './bell-table.js';
import type { KernelRows } from './kernel-rows.js';

/** Points that have the same parameters, as the kernels are asked for them. */
export interface Query {
  /** How many points: the last index of `xs` and `tables`. */
  readonly width: number;
  /** Which of the normal axes the points have. */
  readonly normals: Int32Array;
  /** By such axis and point, its coordinate as a share of the range. */
  readonly xs: Float64Array;
  /** Which of the coded axes the points have, and where their tables begin. */
  readonly coded: Int32Array;
  readonly starts: Int32Array;
  /** By such axis, code and point, the kernel there beside the uniform distribution. */
  readonly tables: Float64Array;
}

/**
 * The weighted sum of kernels at several points, in multiples of the uniform density: kernel by kernel, so that each is
 * read once.
 * @param tail the share of a kernel that is spread over the whole of each axis
 * @param stride takes every so many kernels, for all of them
 */
export function kernelSums(rows: KernelRows, query: Query, tail: number, stride: number): Float64Array {
  const { width } = query;
  const sums = new Float64Array(width);
  const products = new Float64Array(width);
  for (let i = 0; i < rows.count; i += stride) {
    const row = rows.order[i]!;
    const weight = rows.weights[row]!;
    for (let c = 0; c < width; c++) products[c] = weight;
    multiplyBells(rows, row, query, tail, products);
    multiplyCoded(rows, row, query, products);
    for (let c = 0; c < width; c++) sums[c]! += products[c]!;
  }
  for (let c = 0; c < width; c++) sums[c]! *= stride;
  return sums;
}

function multiplyBells(rows: KernelRows, row: number, query: Query, tail: number, products: Float64Array): void {
  const { width, normals, xs } = query;
  const { bells } = rows;
  for (let k = 0; k < normals.length; k++) {
    const at = 3 * (row * rows.normals + normals[k]!);
    const mu = bells[at]!;
    const scale = bells[at + 1]!;
    const height = bells[at + 2]!;
    for (let c = 0, from = k * width; c < width; c++) {
      const z = (xs[from + c]! - mu) * scale;
      const q = z * z;
      if (q < BELL_END) {
        const below = q | 0; // `bell`, written out: a call for each costs a third more
        const value = BELL_TABLE[below]! + (q - below) * (BELL_TABLE[below + 1]! - BELL_TABLE[below]!);
        products[c]! *= tail + height * value;
      } else products[c]! *= tail;
    }
  }
}

function multiplyCoded(rows: KernelRows, row: number, query: Query, products: Float64Array): void {
  const { width, coded, starts, tables } = query;
  for (let k = 0; k < coded.length; k++) {
    const from = starts[k]! + rows.codeOf[row * rows.codes + coded[k]!]! * width;
    for (let c = 0; c < width; c++) products[c]! *= tables[from + c]!;
  }
}
