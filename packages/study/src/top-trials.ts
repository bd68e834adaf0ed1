import { bestByHypervolume, type Direction } from '@assay/sampler';
import { isCandidate, lossesOf } from './best-trials.js';
import type { TrialRecord } from './trial-record.js';

/**
 * The best complete, feasible trials, best first; of equal ones the earliest comes first. With several objectives the Pareto
 * front, then the front behind it, and so on; of a front that does not fit, the trials that together cover most.
 * @param trials ascending by number
 * @returns at most `count`
 */
export function topTrials(
  trials: readonly TrialRecord[],
  directions: readonly Direction[],
  count: number,
): readonly TrialRecord[] {
  const candidates = trials.filter(isCandidate);
  const losses = candidates.map(({ values }) => lossesOf(values, directions));
  if (directions.length > 1) {
    const best = bestByHypervolume(losses, Math.min(count, candidates.length));
    return best.map((index) => candidates[index]!);
  }
  const order = [...candidates.keys()].sort((a, b) => losses[a]![0]! - losses[b]![0]! || a - b);
  return order.slice(0, count).map((index) => candidates[index]!);
}
