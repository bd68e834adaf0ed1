import { type Losses, orWorst } from './dominance.js';
import { hypervolumeSubset } from './hypervolume-subset.js';
import { nonDominationRanks } from './non-domination-ranks.js';

/**
 * The indices of the best points, front by front; of the front that does not fit, those that together dominate the
 * largest volume, found greedily.
 * @param losses vectors of one length
 * @param count how many to take, at most as many as there are
 * @see Optuna 5.0, `samplers/_tpe/sampler.py`, `_split_complete_trials_multi_objective`
 */
export function bestByHypervolume(losses: readonly Losses[], count: number): readonly number[] {
  const best: number[] = [];
  for (const front of frontsOf(nonDominationRanks(losses, count))) {
    const left = count - best.length;
    if (left <= 0) break;
    if (front.length <= left) best.push(...front);
    else best.push(...cutFront(losses, front, left));
  }
  return best;
}

/** The indices of each rank, best rank first, ascending. */
function frontsOf(ranks: readonly number[]): readonly (readonly number[])[] {
  const fronts: number[][] = [];
  ranks.forEach((rank, index) => {
    fronts[rank] ??= [];
    fronts[rank].push(index);
  });
  return fronts;
}

function cutFront(losses: readonly Losses[], front: readonly number[], count: number): readonly number[] {
  const points = front.map((index) => losses[index]!);
  return hypervolumeSubset(points, count, referenceOf(points)).map((i) => front[i]!);
}

/** Optuna's rule: a tenth beyond the worst loss in each objective; a zero would leave no room, so it gives way to 1e-12. */
function referenceOf(points: readonly Losses[]): Losses {
  return points[0]!.map((_, j) => {
    const worst = points.reduce((most, point) => Math.max(most, orWorst(point[j]!)), -Infinity);
    return Math.max(1.1 * worst, 0.9 * worst) || 1e-12;
  });
}
