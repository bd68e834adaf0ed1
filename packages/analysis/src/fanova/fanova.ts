import type { Losses, Rng } from '@assay/sampler';
import { cardinality, type ParamValues, type SearchSpace } from '@assay/space';
import { type Feature, featureTable } from './feature-table.js';
import { ordersOf } from './node-members.js';
import { growTree } from './regression-tree.js';
import { treeVariance } from './tree-variance.js';

/**
 * How much of the variance of a model of the loss each parameter explains alone (fANOVA): a forest of regression trees, each
 * grown on as many trials drawn with replacement, and of every tree the share that each parameter's marginal has in the
 * variance over the whole space. What only combinations of parameters explain is no parameter's. Random numbers are
 * drawn from `rng`'s forks.
 *
 * As Optuna's `FanovaImportanceEvaluator`, except that every configuration of the space weighs as a random one is drawn:
 * log ranges are evenly weighted in logarithms, the first and last of discrete values like all others, categories are never
 * two at once, and conditional parameters are judged too.
 * @param losses a vector per trial, finite; with several objectives importances are averaged over them
 * @returns by name; a parameter with a single value is left out; empty when no tree's predictions vary
 * @see Hutter, Hoos, Leyton-Brown 2014, "An efficient approach for assessing hyperparameter importance"
 */
export function fanova(
  space: SearchSpace,
  trials: readonly { readonly params: ParamValues }[],
  losses: readonly Losses[],
  rng: Rng,
  trees: number,
): ReadonlyMap<string, number> {
  const parameters = space.filter(({ distribution }) => cardinality(distribution) > 1);
  const features = featureTable(parameters, trials, rng.fork(-1));
  const shares = new Float64Array(features.length);
  losses[0]?.forEach((_, objective) => {
    const own = Float64Array.from(losses, (vector) => vector[objective]!);
    addTo(shares, varianceShares(features, own, rng, trees));
  });
  return new Map(parameters.map(({ name }, feature) => [name, shares[feature]!]));
}

/** Means over the trees whose predictions vary. */
function varianceShares(features: readonly Feature[], losses: Float64Array, rng: Rng, trees: number): Float64Array {
  const shares = new Float64Array(features.length);
  const orders = ordersOf(features);
  const centred = centredAtMean(losses);
  let varying = 0;
  for (let index = 0; index < trees && features.length > 0; index++) {
    const stream = rng.fork(index);
    const tree = growTree(features, orders, { losses: centred, weights: bootstrap(losses.length, stream) }, stream);
    const { total, marginal } = treeVariance(tree, features);
    if (total === 0) continue;
    varying++;
    addTo(
      shares,
      marginal.map((variance) => variance / total),
    );
  }
  return shares.map((share) => share / Math.max(1, varying));
}

function addTo(sums: Float64Array, terms: Float64Array): void {
  for (let i = 0; i < sums.length; i++) sums[i]! += terms[i]!;
}

/** Sums of squares lose digits where the mean is far from 0. */
function centredAtMean(losses: Float64Array): Float64Array {
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return losses.map((loss) => loss - mean);
}

/** How often each of n trials comes up in n draws. */
function bootstrap(count: number, rng: Rng): Float64Array {
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) weights[Math.floor(rng.next() * count)]!++;
  return weights;
}
