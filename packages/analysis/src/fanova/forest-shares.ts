import type { Losses, Rng } from '@assay/sampler';
import { cardinality, type Parameter, type ParamValues, type SearchSpace } from '@assay/space';
import { type Feature, featureTable } from './feature-table.js';
import { ordersOf } from './node-members.js';
import { growTree, type RegressionTree } from './regression-tree.js';

/** How much a tree's predictions vary, and parts of that: what they are of is the asker's to say. */
export interface PartedVariance {
  readonly total: number;
  readonly parts: Float64Array;
}

export interface ForestShares {
  /** Those with more than one value: the features of the trees. */
  readonly parameters: readonly Parameter[];
  /**
   * Shares of the variance, on average over those trees, and over those objectives, where there is any. Empty where there is
   * none, and nothing can be told.
   */
  readonly parts: Float64Array;
}

/**
 * Grows a forest of regression trees for each objective, each tree on as many trials drawn with replacement, and asks of every
 * tree for the parts of its variance. Random numbers are drawn from `rng`'s forks.
 * @param losses a vector per trial, finite
 */
export function forestShares(
  space: SearchSpace,
  trials: readonly { readonly params: ParamValues }[],
  losses: readonly Losses[],
  rng: Rng,
  trees: number,
  varianceOf: (tree: RegressionTree, features: readonly Feature[]) => PartedVariance,
): ForestShares {
  const parameters = space.filter(({ distribution }) => cardinality(distribution) > 1);
  const features = featureTable(parameters, trials, rng.fork(-1));
  const orders = ordersOf(features);
  const ofObjectives = (losses[0] ?? []).map((_, objective) => {
    const own = centredAtMean(Float64Array.from(losses, (vector) => vector[objective]!));
    const shares: Float64Array[] = [];
    for (let index = 0; index < trees && features.length > 0; index++) {
      const stream = rng.fork(index);
      const tree = growTree(features, orders, { losses: own, weights: bootstrap(own.length, stream) }, stream);
      const { total, parts } = varianceOf(tree, features);
      if (total > 0) shares.push(parts.map((part) => part / total));
    }
    return meanOf(shares);
  });
  return { parameters, parts: meanOf(ofObjectives.filter(({ length }) => length > 0)) };
}

/** Empty where there is none. */
function meanOf(vectors: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let i = 0; i < sums.length; i++) sums[i]! += vector[i]!;
  return sums.map((sum) => sum / vectors.length);
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
