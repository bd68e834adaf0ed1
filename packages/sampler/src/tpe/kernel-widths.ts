/** Kernels reach over this share of the gap to their neighbour. (Measured: TPE.md.) */
const REACH = 0.7;

/**
 * The width of the kernels at a coordinate, as shares of the range: a part of the larger gap to a neighbour, where the ends
 * and the middle of the range are neighbours too; divided among the kernels that share the coordinate, as the gaps between
 * them would be if they lay side by side; no less than the least width, no more than the range.
 * @param mu from 0 to 1
 * @param left the coordinate before it, NaN when it is the first
 * @param right the coordinate behind it, NaN when it is the last
 * @param count how many kernels share the coordinate
 * @see Bergstra et al. 2011; Watanabe 2023 (arXiv:2304.11127), section 3.3, for the ends and the least width
 */
export function kernelWidth(minWidth: number, mu: number, left: number, right: number, count: number): number {
  const before = Math.max(Number.isNaN(left) ? 0 : left, mu > 0.5 ? 0.5 : 0);
  const behind = Math.min(Number.isNaN(right) ? 1 : right, mu <= 0.5 ? 0.5 : 1);
  const gap = Math.max(mu - before, behind - mu);
  return Math.min(Math.max((REACH * gap) / count, minWidth), 1);
}
