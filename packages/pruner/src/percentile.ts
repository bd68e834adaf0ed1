/**
 * The p-th percentile, linear between neighbours, NaN ignored; NaN when nothing is left. The arithmetic is NumPy's
 * (`nanpercentile`, method `linear`), operation by operation, so that ties fall the same way.
 * @param percentile from 0 to 100
 */
export function percentileOf(values: Float64Array, percentile: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const position = Math.max(sorted.length - 1, 0) * (percentile / 100);
  const index = Math.floor(position);
  const fraction = position - index;
  const low = sorted[index] ?? Number.NaN;
  const high = sorted[index + 1] ?? low;
  // NumPy computes Infinity - Infinity here and loses a value that is known.
  if (fraction === 0 || low === high) return low;
  return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction);
}
