export interface WidthOptions {
  /** `all`: the ends of the range and the prior's centre count as neighbours too. `observations`: they do not. */
  readonly neighbours: 'all' | 'observations';
  /** Widths are at least max(minWidth, (n + 2)^-minWidthExponent) of the range, n = number of observations. */
  readonly minWidth: number;
  readonly minWidthExponent: number;
}

/**
 * A width for each observation: the larger gap to a neighbour, at least the minimum and at most the range.
 * Equal observations stand side by side in the order given: the first keeps the gap on the left, the last that on the right.
 * With `observations` the outermost ones look inward only, a lone one at the farther end of the range.
 * @param mus n observations in [low, high], in any order; O(n log n)
 * @see Bergstra et al. 2011; Watanabe 2023 (arXiv:2304.11127) for the minimum
 */
export function kernelWidths(mus: Float64Array, low: number, high: number, options: WidthOptions): Float64Array {
  const everything = options.neighbours === 'all';
  const { sorted, places } = ranked(mus, everything ? (low + high) / 2 : null);
  const bounded = everything || sorted.length === 1;
  const range = high - low;
  const least = Math.max(options.minWidth, (mus.length + 2) ** -options.minWidthExponent) * range;
  const widths = new Float64Array(mus.length);
  for (let i = 0; i < mus.length; i++) {
    const mu = mus[i]!;
    const left = mu - (sorted[places[i]! - 1] ?? (bounded ? low : mu));
    const right = (sorted[places[i]! + 1] ?? (bounded ? high : mu)) - mu;
    widths[i] = Math.min(Math.max(left, right, least), range);
  }
  return widths;
}

interface Ranking {
  readonly sorted: Float64Array;
  /** The place of each observation among the sorted; each place is taken once. */
  readonly places: Int32Array;
}

/** The observations in ascending order, and `extra` (if any) behind those that equal it. */
function ranked(mus: Float64Array, extra: number | null): Ranking {
  const sorted = new Float64Array(mus.length + (extra === null ? 0 : 1));
  sorted.set(mus);
  if (extra !== null) sorted[mus.length] = extra;
  sorted.sort();
  const taken = new Int32Array(sorted.length);
  const places = new Int32Array(mus.length);
  for (let i = 0; i < mus.length; i++) {
    const first = lowerBound(sorted, mus[i]!);
    places[i] = first + taken[first]!;
    taken[first]! += 1;
  }
  return { sorted, places };
}

/** The first position whose value is not below x. */
function lowerBound(sorted: Float64Array, x: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle]! < x) from = middle + 1;
    else to = middle;
  }
  return from;
}
