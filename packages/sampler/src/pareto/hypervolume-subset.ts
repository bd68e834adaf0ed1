import { distinctLosses } from './distinct-losses.js';
import type { Losses } from './dominance.js';
import { boxVolume, volumeInside, worseOfBoth } from './hypervolume.js';

/**
 * Indices of points that together dominate a large volume, in the order they were chosen: each time the one that adds
 * most, of equal ones the first in lexicographic order. At least 1 - 1/e of the largest possible volume.
 * Equal points count once; should there be too few different ones, their repetitions fill up. With a reference that is
 * not finite no volume can be compared: then the first ones in lexicographic order.
 * @param points one front: none dominates another
 * @param count at most as many as there are points
 * @param reference worse than every point
 * @see Guerreiro, Fonseca, Paquete 2016, "Greedy hypervolume subset selection in low dimensions"
 * @see Optuna 5.0, `_hypervolume/hssp.py`
 */
export function hypervolumeSubset(points: readonly Losses[], count: number, reference: Losses): readonly number[] {
  const distinct = distinctLosses(points);
  const firsts = distinct.map(({ indices }) => indices[0]!);
  if (firsts.length <= count) return [...firsts, ...repetitions(points.length, firsts).slice(0, count - firsts.length)];
  if (!reference.every(Number.isFinite)) return firsts.slice(0, count);
  const losses = distinct.map((shared) => shared.losses);
  const chosen = reference.length === 2 ? greedyInPlane(losses, count, reference) : greedy(losses, count, reference);
  return chosen.map((i) => firsts[i]!);
}

function repetitions(count: number, firsts: readonly number[]): readonly number[] {
  const known = new Set(firsts);
  return Array.from({ length: count }, (_, index) => index).filter((index) => !known.has(index));
}

/**
 * Two objectives: what a point adds is a rectangle, from the point to its nearest chosen neighbours' coordinates.
 * O(count n). @param points ascending in the first loss, hence descending in the second
 */
function greedyInPlane(points: readonly Losses[], count: number, reference: Losses): readonly number[] {
  const rights = new Float64Array(points.length).fill(reference[0]!);
  const tops = new Float64Array(points.length).fill(reference[1]!);
  const gains = Float64Array.from(points, (point) => boxVolume(point, reference));
  const chosen: number[] = [];
  while (chosen.length < count) {
    const best = indexOfLargest(gains);
    chosen.push(best);
    gains[best] = TAKEN;
    for (let i = 0; i < points.length; i++) {
      const [x, y] = points[i]!;
      if (i < best) rights[i] = Math.min(rights[i]!, points[best]![0]!);
      else tops[i] = Math.min(tops[i]!, points[best]![1]!);
      if (gains[i] !== TAKEN) gains[i] = (rights[i]! - x!) * (tops[i]! - y!);
    }
  }
  return chosen;
}

/**
 * What a point adds can only shrink while others are chosen, so an old figure is an upper bound: only a point whose bound
 * is the largest needs its exact figure ("lazy" greedy, Minoux 1978).
 */
function greedy(points: readonly Losses[], count: number, reference: Losses): readonly number[] {
  const boxes = Float64Array.from(points, (point) => boxVolume(point, reference));
  const bounds = Float64Array.from(boxes);
  const chosen: number[] = [];
  while (chosen.length < count) {
    const best = largestGain(points, chosen, boxes, bounds, reference);
    chosen.push(best);
    bounds[best] = TAKEN;
    for (let i = 0; i < points.length; i++) {
      const bound = boxes[i]! - sharedVolume(points[i]!, points[best]!, reference);
      if (bound < bounds[i]!) bounds[i] = bound;
    }
  }
  return chosen;
}

/** Sharpens bounds until the largest is exact. */
function largestGain(
  points: readonly Losses[],
  chosen: readonly number[],
  boxes: Float64Array,
  bounds: Float64Array,
  reference: Losses,
): number {
  const exact = new Set<number>();
  for (;;) {
    const best = indexOfLargest(bounds);
    if (exact.has(best) || boxes[best] === Infinity) return best; // a loss of -Infinity adds most, whatever was chosen
    const shared = chosen.map((other) => worseOfBoth(points[other]!, points[best]!));
    bounds[best] = boxes[best]! - volumeInside(shared, reference);
    exact.add(best);
  }
}

/** The volume that both points dominate. */
function sharedVolume(a: Losses, b: Losses, reference: Losses): number {
  let volume = 1;
  for (let j = 0; j < reference.length; j++) volume *= reference[j]! - Math.max(a[j]!, b[j]!);
  return volume;
}

/** Below all gains: of a point that has been chosen. */
const TAKEN = -Infinity;

/** The first of the largest. */
function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
