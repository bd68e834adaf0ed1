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
  const chosen: number[] = [];
  const left = new Set(points.keys());
  while (chosen.length < count) {
    const best = argMax(left, (i) => (rights[i]! - points[i]![0]!) * (tops[i]! - points[i]![1]!));
    chosen.push(best);
    left.delete(best);
    for (let i = 0; i < best; i++) rights[i] = Math.min(rights[i]!, points[best]![0]!);
    for (let i = best + 1; i < points.length; i++) tops[i] = Math.min(tops[i]!, points[best]![1]!);
  }
  return chosen;
}

/**
 * What a point adds can only shrink while others are chosen, so an old figure is an upper bound: only a point whose bound
 * is the largest needs its exact figure ("lazy" greedy, Minoux 1978).
 */
function greedy(points: readonly Losses[], count: number, reference: Losses): readonly number[] {
  const boxes = points.map((point) => boxVolume(point, reference));
  const bounds = [...boxes];
  const chosen: number[] = [];
  const left = new Set(points.keys());
  while (chosen.length < count) {
    const best = largestGain(points, chosen, left, boxes, bounds, reference);
    chosen.push(best);
    left.delete(best);
    for (const i of left)
      bounds[i] = Math.min(bounds[i]!, boxes[i]! - sharedVolume(points[i]!, points[best]!, reference));
  }
  return chosen;
}

function largestGain(
  points: readonly Losses[],
  chosen: readonly number[],
  left: ReadonlySet<number>,
  boxes: readonly number[],
  bounds: number[],
  reference: Losses,
): number {
  const exact = new Set<number>();
  for (;;) {
    const best = argMax(left, (i) => bounds[i]!);
    if (exact.has(best)) return best;
    bounds[best] = gainBeside(chosen, points, best, boxes, reference);
    exact.add(best);
  }
}

/** What point `i` adds to the volume of others; Infinity for a loss of -Infinity, whatever the others are. */
function gainBeside(
  others: readonly number[],
  points: readonly Losses[],
  i: number,
  boxes: readonly number[],
  reference: Losses,
): number {
  if (boxes[i] === Infinity) return Infinity;
  const shared = others.map((other) => worseOfBoth(points[other]!, points[i]!));
  return boxes[i]! - volumeInside(shared, reference);
}

/** The volume that both points dominate. */
function sharedVolume(a: Losses, b: Losses, reference: Losses): number {
  let volume = 1;
  for (let j = 0; j < reference.length; j++) volume *= reference[j]! - Math.max(a[j]!, b[j]!);
  return volume;
}

/** The first of the largest. */
function argMax(indices: Iterable<number>, scoreOf: (index: number) => number): number {
  let best = -1;
  let most = -Infinity;
  for (const index of indices) {
    const value = scoreOf(index);
    if (best >= 0 && !(value > most)) continue;
    best = index;
    most = value;
  }
  return best;
}
