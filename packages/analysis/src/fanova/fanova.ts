import type { Losses, Rng } from '@assay/sampler';
import type { ParamValues, SearchSpace } from '@assay/space';
import { forestShares } from './forest-shares.js';
import { treePairVariance } from './tree-pair-variance.js';
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
  const { parameters, parts } = forestShares(space, trials, losses, rng, trees, (tree, features) => {
    const { total, marginal } = treeVariance(tree, features);
    return { total, parts: marginal };
  });
  return new Map(Array.from(parts, (share, feature) => [parameters[feature]!.name, share]));
}

/** What two parameters explain together, beyond what each explains alone. */
export interface PairShare {
  readonly names: readonly [string, string];
  readonly share: number;
}

/** Shares of the variance of a model of the loss. */
export interface PairwiseShares {
  /** By name, as `fanova`. */
  readonly alone: ReadonlyMap<string, number>;
  /** All pairs, in the order of the parameters. */
  readonly pairs: readonly PairShare[];
}

/**
 * The same with the shares of all pairs of parameters. What three or more explain only together is what all of these leave of 1.
 * @returns both empty when no tree's predictions vary
 */
export function pairwiseFanova(
  space: SearchSpace,
  trials: readonly { readonly params: ParamValues }[],
  losses: readonly Losses[],
  rng: Rng,
  trees: number,
): PairwiseShares {
  const { parameters, parts } = forestShares(space, trials, losses, rng, trees, (tree, features) => {
    const { total, marginal, pairs } = treePairVariance(tree, features);
    return { total, parts: Float64Array.from([...marginal, ...pairs]) };
  });
  if (parts.length === 0) return { alone: new Map(), pairs: [] };
  const names = parameters.map(({ name }) => name);
  const couples = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other] as const));
  return {
    alone: new Map(names.map((name, i) => [name, parts[i]!])),
    pairs: couples.map((couple, i) => ({ names: couple, share: parts[names.length + i]! })),
  };
}
