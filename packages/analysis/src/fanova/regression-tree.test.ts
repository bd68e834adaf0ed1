import { createRng } from '@assay/sampler';
import { expect, it } from 'vitest';
import type { Feature } from './feature-table.js';
import { ordersOf } from './node-members.js';
import { growTree, type RegressionTree } from './regression-tree.js';

const unit = (values: readonly number[]): Feature => ({
  kind: 'range',
  values: Float64Array.from(values),
  low: 0,
  high: 1,
});

function grow(
  features: readonly Feature[],
  losses: readonly number[],
  weights = losses.map(() => 1),
  seed = 1,
): RegressionTree {
  const sample = { losses: Float64Array.from(losses), weights: Float64Array.from(weights) };
  return growTree(features, ordersOf(features), sample, createRng(seed));
}

const leaf = (value: number): RegressionTree => ({ kind: 'leaf', value });
const fork = (feature: number, at: number, left: RegressionTree, right: RegressionTree): RegressionTree => ({
  kind: 'fork',
  cut: { feature, at },
  left,
  right,
});

it('parts until every loss is told apart, the largest step first', () => {
  const tree = grow([unit([0.1, 0.3, 0.5, 0.7])], [0, 1, 10, 10]);
  expect(tree).toEqual(fork(0, 0.4, fork(0, 0.2, leaf(0), leaf(1)), leaf(10)));
});

it('parts a node by another feature than its parent, each side for itself', () => {
  const category: Feature = { kind: 'categories', values: Float64Array.of(0, 1, 2, 0, 1, 2), count: 3 };
  const tree = grow([unit([0.25, 0.25, 0.25, 0.75, 0.75, 0.75]), category], [0, 4, 0, 20, 20, 20]);
  expect(tree).toEqual(fork(0, 0.5, fork(1, 1, leaf(4), leaf(0)), leaf(20)));
});

it('leaves out trials that were not drawn, and weighs those drawn twice', () => {
  expect(grow([unit([0.2, 0.4, 0.6])], [1, 5, 9], [1, 0, 1])).toEqual(fork(0, 0.4, leaf(1), leaf(9)));
  expect(grow([unit([0.5, 0.5])], [0, 3], [1, 2]), 'equal parameters: the mean').toEqual(leaf(2));
});

it('parts on where no single cut helps: exclusive or', () => {
  const tree = grow([unit([0, 0, 1, 1]), unit([0, 1, 0, 1])], [0, 1, 1, 0]);
  expect(tree.kind === 'fork' && [tree.left, tree.right].every(({ kind }) => kind === 'fork')).toBe(true);
});

it('of two features that tell alike takes either with the same chance', () => {
  const features = [unit([0, 1]), unit([1, 0]), unit([0.5, 0.5])];
  const roots = Array.from({ length: 1000 }, (_, seed) => grow(features, [0, 1], [1, 1], seed));
  const first = roots.filter((root) => root.kind === 'fork' && root.cut.feature === 0).length;
  // Hoeffding: 1000 fair coins are off by more than 85 heads with probability below 1e-6.
  expect(Math.abs(first - 500)).toBeLessThan(85);
  expect(roots.every((root) => root.kind === 'fork' && root.cut.feature < 2)).toBe(true);
});
