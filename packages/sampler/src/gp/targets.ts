import { paretoFront } from '../pareto/non-domination-ranks.js';
import { isComparable, isFeasible, lossesOf } from '../pareto/trial-order.js';
import type { Direction, Observation } from '../sampler.js';
import { FIRST_TRIALS, gapAbove } from './loss-gaps.js';
import { prunedLosses } from './pruned-loss.js';

/** A trial and the number that the model is to explain; less is better, always finite. */
export interface Target {
  readonly trial: Observation;
  readonly loss: number;
}

/** The losses of the trials whose values tell something. @param weights one per objective, not used for a single one */
export function targetsOf(
  trials: readonly Observation[],
  directions: readonly Direction[],
  weights: readonly number[],
): readonly Target[] {
  const complete = trials.filter(({ state }) => state === 'complete');
  if (directions.length > 1) return withPruned(trials, scalarised(complete, directions, weights));
  const prunedLoss = prunedLosses(complete, directions[0]!);
  const targets = trials.flatMap((trial): Target[] => {
    const loss = trial.state === 'complete' ? lossesOf(trial, directions)[0]! : prunedLoss(trial);
    return loss === null ? [] : [{ trial, loss }];
  });
  const losses = clipped(targets.map(({ loss }) => loss));
  return targets.map(({ trial }, i) => ({ trial, loss: losses[i]! }));
}

/** Infinite losses, as of a training that diverged, count as the worst (or best) finite one. */
function clipped(losses: readonly number[]): readonly number[] {
  const finite = losses.filter(Number.isFinite);
  const low = finite.reduce((least, loss) => Math.min(least, loss), Infinity);
  const high = finite.reduce((most, loss) => Math.max(most, loss), -Infinity);
  return finite.length === 0 ? losses.map(() => 0) : losses.map((loss) => Math.min(Math.max(loss, low), high));
}

/** Share of the weighted sum in the scalarised loss, so that of two points that are equally bad in the worst objective the dominated one is worse. */
const SUM_SHARE = 0.05;

/**
 * Several objectives as one: the augmented Chebyshev norm with the suggestion's own weights, of losses scaled so that the
 * Pareto front spans 0 to 1. Each suggestion aims at another stretch of the front.
 * @see Knowles 2006, "ParEGO: a hybrid algorithm with on-line landscape approximation for expensive multiobjective
 *   optimization problems"
 */
function scalarised(
  complete: readonly Observation[],
  directions: readonly Direction[],
  weights: readonly number[],
): readonly Target[] {
  if (complete.length === 0) return [];
  const columns = directions.map((_, j) => clipped(complete.map((trial) => lossesOf(trial, directions)[j]!)));
  const feasible = [...complete.keys()].filter((i) => isComparable(complete[i]!));
  const candidates = feasible.length > 0 ? feasible : [...complete.keys()];
  const front = paretoFront(candidates.map((i) => columns.map((column) => column[i]!))).map((k) => candidates[k]!);
  const shares = columns.map((column, j) => {
    const onFront = front.map((i) => column[i]!);
    const ideal = onFront.reduce((least, loss) => Math.min(least, loss), Infinity);
    const span = widest(onFront, ideal) || widest(column, ideal) || 1;
    return column.map((loss) => bounded((weights[j]! * (loss - ideal)) / span));
  });
  return complete.map((trial, i) => {
    const own = shares.map((share) => share[i]!);
    return { trial, loss: Math.max(...own) + SUM_SHARE * own.reduce((sum, share) => sum + share, 0) };
  });
}

/** How far the greatest of losses lies above the ideal. */
function widest(losses: readonly number[], ideal: number): number {
  return losses.reduce((most, loss) => Math.max(most, gapAbove(loss, ideal)), 0);
}

/** Kept so far from the ends of a double's range that a few of them can be added up. */
function bounded(share: number): number {
  return Math.min(Math.max(share, -1e300), 1e300);
}

/**
 * Pruned trials of several objectives, and those that failed, have no values. Each counts as a middling one: left out, a
 * category that always fails stays unknown, and half of 50 trials go there; as the worst of all they keep the model away from
 * good places beside them (GP.md).
 */
function withPruned(trials: readonly Observation[], complete: readonly Target[]): readonly Target[] {
  if (complete.length === 0) return [];
  const middling = complete.map(({ loss }) => loss).sort((a, b) => a - b)[complete.length >> 1]!;
  const own = new Map(complete.map(({ trial, loss }) => [trial, loss]));
  return trials.map((trial) => ({ trial, loss: own.get(trial) ?? middling }));
}

/** Those that break a constraint behind all others: neither a study nor what it remembers should begin there. */
export function bestFirst(targets: readonly Target[]): readonly Target[] {
  const rank = ({ trial }: Target): number => (isFeasible(trial) ? 0 : 1);
  return targets.toSorted((a, b) => rank(a) - rank(b) || a.loss - b.loss || a.trial.number - b.trial.number);
}

/**
 * At most `limit` targets, in their order: half of them the best ones, where precision matters; up to ten the first ones,
 * which are spread over the space and give the losses their unit (`gapsOf`); the others the latest, which are where the
 * search is.
 */
export function mostTelling(targets: readonly Target[], limit: number): readonly Target[] {
  if (targets.length <= limit) return targets;
  const kept = new Set(bestFirst(targets).slice(0, Math.floor(limit / 2)));
  for (const target of targets.slice(0, Math.min(FIRST_TRIALS, Math.floor(limit / 4)))) kept.add(target);
  for (let i = targets.length - 1; kept.size < limit; i--) kept.add(targets[i]!);
  return targets.filter((target) => kept.has(target));
}
