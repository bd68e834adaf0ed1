import type { Axis } from '../axis.js';
import type { KernelOptions } from './kernel-options.js';

/** Kernels reach over this share of the gap to their neighbour. (Measured: TPE.md.) */
const REACH = 0.7;

/**
 * The width of the kernels at a coordinate: a share of the larger gap to a neighbour, where the ends and the middle of the
 * range are neighbours too; less where kernels share the coordinate, as spacings shrink with their number; within the
 * least width and the range.
 * @param left the coordinate before it, NaN when it is the first
 * @param right the coordinate behind it, NaN when it is the last
 * @param count how many kernels share the coordinate
 * @see Bergstra et al. 2011; Watanabe 2023 (arXiv:2304.11127), section 3.3, for the ends and the least width
 */
export function kernelWidth(
  { low, high }: Axis,
  { minWidth }: KernelOptions,
  mu: number,
  left: number,
  right: number,
  count: number,
): number {
  const middle = (low + high) / 2;
  const before = Math.max(Number.isNaN(left) ? low : left, middle < mu ? middle : -Infinity);
  const behind = Math.min(Number.isNaN(right) ? high : right, middle >= mu ? middle : Infinity);
  const gap = Math.max(mu - before, behind - mu);
  return Math.min(Math.max((REACH * gap) / Math.sqrt(count), minWidth * (high - low)), high - low);
}
