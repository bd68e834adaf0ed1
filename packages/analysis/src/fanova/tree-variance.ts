import type { Feature } from './feature-table.js';
import type { RegressionTree } from './regression-tree.js';
import { type Axis, axesOf } from './tree-axes.js';

/** How much a tree's predictions vary over the box of all parameters, every point of it weighing alike. */
export interface TreeVariance {
  readonly total: number;
  /** By feature: the variance that is left when predictions are averaged over all other features. */
  readonly marginal: Float64Array;
}

/**
 * Exact, from the boxes that the leaves are: the average prediction at a value of a feature is the sum over the leaves whose
 * box has the value, each with the share of the other features' box that it fills. O(leaves x features).
 * @see Hutter, Hoos, Leyton-Brown 2014, "An efficient approach for assessing hyperparameter importance", algorithm 2
 */
export function treeVariance(tree: RegressionTree, features: readonly Feature[]): TreeVariance {
  const axes = axesOf(tree, features);
  let [mean, square] = [0, 0];
  visitLeaves(tree, axes, (value) => {
    const volume = axes.reduce((product, axis) => product * axis.share, 1);
    mean += volume * value;
    square += volume * value ** 2;
    for (const axis of axes) axis.add((volume * value) / axis.share);
  });
  return { total: Math.max(0, square - mean ** 2), marginal: Float64Array.from(axes, (axis) => axis.variance(mean)) };
}

/** Visits each leaf with the axes narrowed to its box. */
export function visitLeaves(tree: RegressionTree, axes: readonly Axis[], visit: (value: number) => void): void {
  switch (tree.kind) {
    case 'leaf':
      visit(tree.value);
      return;
    case 'fork': {
      const axis = axes[tree.cut.feature]!;
      for (const side of ['left', 'right'] as const) {
        axis.enter(tree.cut.at, side);
        visitLeaves(tree[side], axes, visit);
        axis.leave();
      }
    }
  }
}
