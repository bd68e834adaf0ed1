import type { Losses } from './dominance.js';
import { Staircase } from './staircase.js';

/**
 * The volume between the points and the reference: of all that some point dominates and that dominates the reference.
 * Points that are not better than the reference in every objective add nothing. Infinity where a loss of a point that
 * does is -Infinity, or the reference is Infinity. O(n log n) for up to three objectives, but for moving array elements.
 * @param losses vectors as long as the reference
 */
export function hypervolume(losses: readonly Losses[], reference: Losses): number {
  const inside = losses.filter((vector) => vector.every((loss, j) => loss < reference[j]!));
  if (inside.length === 0) return 0;
  if (![reference, ...inside].every((vector) => vector.every(Number.isFinite))) return Infinity;
  return volumeInside(inside, reference);
}

/** The volume between one point and the reference. */
export function boxVolume(point: Losses, reference: Losses): number {
  let volume = 1;
  for (let j = 0; j < reference.length; j++) volume *= reference[j]! - point[j]!;
  return volume;
}

/** @param points finite, none worse than the reference anywhere */
export function volumeInside(points: readonly Losses[], reference: Losses): number {
  return reference.length <= 3 ? sweptVolume(points, reference) : slicedVolume(points, reference);
}

/** Goes through the points by the last objective and keeps the area that those so far dominate in the first two. */
function sweptVolume(points: readonly Losses[], reference: Losses): number {
  const [cornerX, cornerY = 1, cornerZ = 1] = reference;
  const sorted = reference.length < 3 ? points : [...points].sort((a, b) => a[2]! - b[2]!);
  const border = new Staircase();
  let volume = 0;
  for (const [x, y = 0, z = 0] of sorted) {
    if (border.covers(x!, y)) continue;
    volume += border.uncoveredArea(x!, y, cornerX!, cornerY) * (cornerZ - z);
    border.add(x!, y);
  }
  return volume;
}

/**
 * The sum of what each point adds to the points after it, by descending last objective: a box minus the volume that those
 * take from it. In the last objective all of them reach beyond the box, so it is a volume of one objective less.
 * @see While, Bradstreet, Barone 2012, "A fast way of calculating exact hypervolumes" (WFG, with slicing)
 */
function slicedVolume(points: readonly Losses[], reference: Losses): number {
  const last = reference.length - 1;
  const lower = reference.slice(0, last);
  const sorted = [...points].sort((a, b) => b[last]! - a[last]!);
  return sorted.reduce((sum, point, i) => {
    const others = sorted.slice(i + 1).map((other) => worseOfBoth(other, point).slice(0, last));
    return sum + (reference[last]! - point[last]!) * (boxVolume(point, lower) - volumeInside(uncovered(others), lower));
  }, 0);
}

/** Without points that another one covers, of equal ones the last. For few points; else sorting them would be faster. */
function uncovered(points: readonly Losses[]): readonly Losses[] {
  return points.filter((point, i) => !points.some((other, k) => i !== k && covers(other, point, k > i)));
}

/** Nowhere worse; and better somewhere, unless equal ones count as well. */
function covers(a: Losses, b: Losses, orEqual: boolean): boolean {
  let better = orEqual;
  for (let j = 0; j < a.length; j++) {
    if (a[j]! > b[j]!) return false;
    if (a[j]! < b[j]!) better = true;
  }
  return better;
}

/** The corner of what both points dominate. */
export function worseOfBoth(a: Losses, b: Losses): Losses {
  return a.map((loss, j) => Math.max(loss, b[j]!));
}
