import type { Rng } from '@assay/sampler';
import { bestCut, type Sample, sumOf } from './best-cut.js';
import type { Feature } from './feature-table.js';
import { type Cut, NodeMembers } from './node-members.js';

/**
 * A binary tree. A trial goes left when its value of `feature` is at most `at`, or, of categories, when it is `at`. A leaf's
 * value is the mean loss of its trials.
 */
export type RegressionTree =
  | { readonly kind: 'leaf'; readonly value: number }
  | { readonly kind: 'fork'; readonly cut: Cut; readonly left: RegressionTree; readonly right: RegressionTree };

/** `FanovaImportanceEvaluator.__init__` in Optuna 5. */
const MAX_DEPTH = 64;

/**
 * Grows a tree until each leaf has a single trial, or equal losses, or equal parameters: always by the cut that leaves the
 * least squared error; of equally good features (any one tells two trials apart) each has the same chance.
 *
 * Written here because what fANOVA needs, the cuts and the leaves, no forest on npm lets out (ml-random-forest and
 * ml-cart predict only, and take categories for numbers).
 * @param orders by feature, all trials ascending by its values
 * @see Breiman 2001, "Random forests"; scikit-learn's `RandomForestRegressor` with its defaults
 */
export function growTree(
  features: readonly Feature[],
  orders: readonly Int32Array[],
  sample: Sample,
  rng: Rng,
): RegressionTree {
  const members = new NodeMembers(features, orders, sample.weights);
  const grow = (start: number, end: number, depth: number): RegressionTree => {
    const cut = depth < MAX_DEPTH ? chooseCut(features, members, sample, start, end, rng) : null;
    if (cut === null) return { kind: 'leaf', value: meanOf(members.by(0, start, end), sample) };
    const middle = members.part(cut, start, end);
    return { kind: 'fork', cut, left: grow(start, middle, depth + 1), right: grow(middle, end, depth + 1) };
  };
  return grow(0, members.size, 0);
}

function chooseCut(
  features: readonly Feature[],
  members: NodeMembers,
  sample: Sample,
  start: number,
  end: number,
  rng: Rng,
): Cut | null {
  if (hasOneLoss(members.by(0, start, end), sample.losses)) return null;
  let chosen: Cut | null = null;
  let [bestScore, ties] = [Number.NEGATIVE_INFINITY, 0];
  for (let feature = 0; feature < features.length; feature++) {
    const cut = bestCut(features[feature]!, members.by(feature, start, end), sample);
    if (cut === null || cut.score < bestScore) continue;
    ties = cut.score > bestScore ? 1 : ties + 1;
    bestScore = cut.score;
    if (ties === 1 || rng.next() * ties < 1) chosen = { feature, at: cut.at };
  }
  return chosen;
}

function hasOneLoss(trials: Int32Array, losses: Float64Array): boolean {
  return trials.every((trial) => losses[trial] === losses[trials[0]!]);
}

function meanOf(trials: Int32Array, sample: Sample): number {
  const { weight, sum } = sumOf(trials, sample);
  return sum / weight;
}
