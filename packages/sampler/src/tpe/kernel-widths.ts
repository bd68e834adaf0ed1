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
 * @see Bergstra et al. 2011; Watanabe 2023 (arXiv:2304.11127), section 3.3.3 for the minimum
 */
export function kernelWidths(mus: Float64Array, low: number, high: number, options: WidthOptions): Float64Array {
  const { sorted, places } = ranked(mus, options.neighbours === 'all' ? (low + high) / 2 : null);
  const bounded = options.neighbours === 'all' || sorted.length === 1;
  const range = high - low;
  const least = Math.max(options.minWidth, (mus.length + 2) ** -options.minWidthExponent) * range;
  return mus.map((mu, i) => {
    const place = places[i]!;
    const left = mu - (sorted[place - 1] ?? (bounded ? low : mu));
    const right = (sorted[place + 1] ?? (bounded ? high : mu)) - mu;
    return Math.min(Math.max(left, right, least), range);
  });
}

/** The observations in ascending order, `extra` among them, and the place of each. */
function ranked(
  mus: Float64Array,
  extra: number | null,
): { readonly sorted: Float64Array; readonly places: Int32Array } {
  const sorted = Float64Array.from(extra === null ? mus : [...mus, extra]).sort();
  const taken = new Int32Array(sorted.length);
  const places = new Int32Array(mus.length);
  mus.forEach((mu, i) => {
    const first = lowerBound(sorted, mu);
    places[i] = first + taken[first]!;
    taken[first]! += 1;
  });
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
