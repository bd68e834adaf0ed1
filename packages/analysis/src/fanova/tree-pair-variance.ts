import type { Feature } from './feature-table.js';
import { PairSurface } from './pair-surface.js';
import type { RegressionTree } from './regression-tree.js';
import { type Axis, axesOf, type CellRun } from './tree-axes.js';
import { type TreeVariance, treeVariance, visitLeaves } from './tree-variance.js';

export interface TreePairVariance extends TreeVariance {
  /** By pair of features (0 and 1, 0 and 2, ..., 1 and 2, ...): what they explain together beyond what each does alone. */
  readonly pairs: Float64Array;
}

/** A leaf's box. */
interface Box {
  /** Its share of the whole box, times the leaf's value. */
  readonly amount: number;
  readonly shares: readonly number[];
  readonly runs: readonly (readonly CellRun[])[];
}

/**
 * As `treeVariance`, with pairs: the variance of the average prediction at each two values, averaged over all other features,
 * without the variances of the two features' own. O(leaves x pairs), and each pair's cells between the tree's cuts.
 * @see Hutter, Hoos, Leyton-Brown 2014, "An efficient approach for assessing hyperparameter importance", section 3
 */
export function treePairVariance(tree: RegressionTree, features: readonly Feature[]): TreePairVariance {
  const { total, marginal } = treeVariance(tree, features);
  const axes = axesOf(tree, features);
  const boxes = boxesOf(tree, axes);
  const mean = boxes.reduce((sum, { amount }) => sum + amount, 0);
  const cells = axes.map((axis) => axis.cells);
  const pairs: number[] = [];
  for (let i = 0; i < axes.length; i++) {
    for (let j = i + 1; j < axes.length; j++) {
      const surface = new PairSurface(cells[i]!, cells[j]!);
      for (const { amount, shares, runs } of boxes) {
        surface.add(runs[i]!, runs[j]!, amount / (shares[i]! * shares[j]!));
      }
      pairs.push(Math.max(0, surface.variance(mean) - marginal[i]! - marginal[j]!));
    }
  }
  return { total, marginal, pairs: Float64Array.from(pairs) };
}

function boxesOf(tree: RegressionTree, axes: readonly Axis[]): readonly Box[] {
  const boxes: Box[] = [];
  visitLeaves(tree, axes, (value) => {
    const shares = axes.map(({ share }) => share);
    const amount = shares.reduce((product, share) => product * share, value);
    boxes.push({ amount, shares, runs: axes.map(({ runs }) => runs) });
  });
  return boxes;
}
