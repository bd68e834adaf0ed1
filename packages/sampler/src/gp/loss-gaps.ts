/**
 * How far losses lie above the least one, in units of the median distance, which makes the bend's prior mean the same for
 * every study. All 0 when the losses are equal.
 */
export function gapsOf(losses: readonly number[]): Float64Array {
  const least = losses.reduce((low, loss) => Math.min(low, loss), Infinity);
  const gaps = Float64Array.from(losses, (loss) => loss - least);
  const positive = gaps.filter((gap) => gap > 0).sort();
  const unit = positive[Math.floor(positive.length / 2)] ?? 1;
  return gaps.map((gap) => gap / unit);
}
