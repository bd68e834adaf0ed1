import { type Design, designOf, type Features } from './features.js';

/** Two numbers and a category, given as they are. */
export const THREE_FEATURES: Features = {
  count: 3,
  isCategory: Uint8Array.of(0, 0, 1),
  axisOf: Int32Array.of(0, 1, 2),
  write: (point, out) => out.set(point),
};

/** The five observations that the golden values were worked out for, in Python with NumPy, SciPy and mpmath. */
export const FIVE_POINTS: readonly Float64Array[] = [
  [0.1, 0.9, 0],
  [0.4, 0.35, 1],
  [0.85, 0.2, 0],
  [0.55, 0.6, 2],
  [0.3, 0.75, 1],
].map((row) => Float64Array.from(row));

export const FIVE_GAPS = Float64Array.of(1.2, 0, 3.5, 0.4, 40);

export function fivePoints(): Design {
  return designOf(THREE_FEATURES, FIVE_POINTS);
}

/** ln length-scales, ln noise, ln tau. */
export const THETA = Float64Array.of(-0.5, 0.2, 0.7, -4, 1);

/** The slope of f along each coordinate by central differences. */
export function numericGradient(f: (x: Float64Array) => number, x: Float64Array, step = 1e-5): Float64Array {
  return x.map((_, i) => {
    const moved = (by: number): Float64Array => x.map((v, k) => (k === i ? v + by : v));
    return (f(moved(step)) - f(moved(-step))) / (2 * step);
  });
}

export function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    if (!(error <= tolerance)) throw new Error(`element ${i}: got ${actual[i]}, expected ${expected[i]}`);
  }
}
