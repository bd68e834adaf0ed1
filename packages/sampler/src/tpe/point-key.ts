import { type Axis, cellIndex } from '../axis.js';

/** A number by which a point is found again. */
export type PointKey = (point: Float64Array) => number;

/**
 * Equal points have equal keys. In a space of up to 2^53 points different ones have different keys; beyond, and where
 * coordinates are continuous, some two of a million points share one with a chance of about 1e-4.
 */
export function pointKey(axes: readonly Axis[]): PointKey {
  const size = axes.reduce((product, { cells }) => product * (cells + 1), 1);
  return size <= 2 ** 53 ? (point) => placeInGrid(axes, point) : (point) => hashOf(axes, point);
}

/** The point's place among all combinations of cells, a missing coordinate counting as another cell. */
function placeInGrid(axes: readonly Axis[], point: Float64Array): number {
  let place = 0;
  for (let d = 0; d < axes.length; d++) place = place * (axes[d]!.cells + 1) + digit(axes[d]!, point[d]!);
  return place;
}

function digit(axis: Axis, x: number): number {
  return Number.isNaN(x) ? 0 : cellIndex(axis, x) + 1;
}

/** For the two halves of a double. */
const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** Two 32-bit hashes side by side (multipliers of xxHash and MurmurHash3). */
function hashOf(axes: readonly Axis[], point: Float64Array): number {
  let a = 0;
  let b = 0;
  for (let d = 0; d < axes.length; d++) {
    double[0] = axes[d]!.cells === Infinity ? point[d]! + 0 : digit(axes[d]!, point[d]!); // + 0: -0 is 0
    for (let half = 0; half < 2; half++) {
      a = mixed(Math.imul(a, 0x9e3779b1) ^ halves[half]!);
      b = mixed(Math.imul(b, 0x85ebca77) + halves[half]!);
    }
  }
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
}

function mixed(x: number): number {
  const h = Math.imul(x ^ (x >>> 16), 0xc2b2ae35);
  return h ^ (h >>> 13);
}
