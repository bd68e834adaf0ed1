// Loops instead of `map`: a callback that is not inlined gets its numbers boxed, which costs more than most of these sums.

/** The nearest number within `low` .. `high`. */
export function clippedColumn(values: Float64Array, low: number, high: number): Float64Array {
  const clipped = new Float64Array(values.length);
  for (let i = 0; i < clipped.length; i++) clipped[i] = Math.min(Math.max(values[i]!, low), high);
  return clipped;
}

/** ln(1 + x). */
export function logColumn(values: Float64Array): Float64Array {
  const logs = new Float64Array(values.length);
  for (let i = 0; i < logs.length; i++) logs[i] = Math.log1p(values[i]!);
  return logs;
}

/** (x - origin) / unit. */
export function scaledColumn(values: Float64Array, origin: number, unit: number): Float64Array {
  const scaled = new Float64Array(values.length);
  for (let i = 0; i < scaled.length; i++) scaled[i] = (values[i]! - origin) / unit;
  return scaled;
}

/** `filler` where a value is missing (NaN). */
export function filledColumn(values: Float64Array, filler: number): Float64Array {
  const filled = new Float64Array(values.length);
  for (let i = 0; i < filled.length; i++) filled[i] = Number.isNaN(values[i]!) ? filler : values[i]!;
  return filled;
}

/** (to - from) / unit. */
export function differenceColumn(from: Float64Array, to: Float64Array, unit: number): Float64Array {
  const differences = new Float64Array(from.length);
  for (let i = 0; i < differences.length; i++) differences[i] = (to[i]! - from[i]!) / unit;
  return differences;
}

/** Up to here a period's whole numbers are looked up: an hour has only 24 sines. */
const LARGEST_TABLE = 1000;

/** Sine and cosine of 2 pi x / period. */
export function circleColumns(
  values: Float64Array,
  period: number,
): readonly [sine: Float64Array, cosine: Float64Array] {
  const size = Math.min(Math.ceil(period), LARGEST_TABLE);
  const sines = Float64Array.from({ length: size }, (_, x) => Math.sin((2 * Math.PI * x) / period));
  const cosines = Float64Array.from({ length: size }, (_, x) => Math.cos((2 * Math.PI * x) / period));
  const [sine, cosine] = [new Float64Array(values.length), new Float64Array(values.length)];
  for (let i = 0; i < sine.length; i++) {
    const x = values[i]!;
    const isKnown = x >= 0 && x < size && Math.floor(x) === x;
    sine[i] = isKnown ? sines[x]! : Math.sin((2 * Math.PI * x) / period);
    cosine[i] = isKnown ? cosines[x]! : Math.cos((2 * Math.PI * x) / period);
  }
  return [sine, cosine];
}
