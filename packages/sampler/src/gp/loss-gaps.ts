/** No start of our own is longer (`gp-sampler.ts`), so the model has not yet gathered the first trials in one place. */
export const FIRST_TRIALS = 10;

/** Gaps of more units count as so many: their squares must not leave a double's range, and nothing is learnt beyond. */
const WIDEST = 1e100;

/**
 * How far losses lie above the least one, in units of the median distance of the first ones, which makes the bend's prior
 * mean the same for every study. The median of all would shrink with every trial that polishes a good place, and the bend
 * with it. All 0 when the losses are equal.
 */
export function gapsOf(losses: readonly number[]): Float64Array {
  const least = losses.reduce((low, loss) => Math.min(low, loss), Infinity);
  const gaps = Float64Array.from(losses, (loss) => gapAbove(loss, least));
  const unit = medianOfPositive(gaps.subarray(0, FIRST_TRIALS)) ?? medianOfPositive(gaps) ?? 1;
  return gaps.map((gap) => Math.min(gap / unit, WIDEST));
}

/** How far a loss lies above another; the largest number where a double cannot hold that. */
export function gapAbove(loss: number, least: number): number {
  return Math.min(loss - least, Number.MAX_VALUE);
}

function medianOfPositive(gaps: Float64Array): number | undefined {
  const positive = gaps.filter((gap) => gap > 0).sort();
  return positive[Math.floor(positive.length / 2)];
}
