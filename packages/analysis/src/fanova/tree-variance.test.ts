import { createRng } from '@assay/sampler';
import { expect, it } from 'vitest';
import type { Feature } from './feature-table.js';
import { ordersOf } from './node-members.js';
import { growTree, type RegressionTree } from './regression-tree.js';
import { treeVariance } from './tree-variance.js';

const range = (low: number, high: number, values: Float64Array = new Float64Array()): Feature => ({
  kind: 'range',
  values,
  low,
  high,
});
const categories = (count: number, values: Float64Array = new Float64Array()): Feature => ({
  kind: 'categories',
  values,
  count,
});
const leaf = (value: number): RegressionTree => ({ kind: 'leaf', value });
const fork = (feature: number, at: number, left: RegressionTree, right: RegressionTree): RegressionTree => ({
  kind: 'fork',
  cut: { feature, at },
  left,
  right,
});

it.each([
  { name: 'a leaf', features: [range(0, 1)], tree: leaf(7), total: 0, marginal: [0] },
  {
    // A quarter of [2, 6] at 4, the rest at 0: mean 1, variance 1/4 (4 - 1)^2 + 3/4 (0 - 1)^2.
    name: 'one cut',
    features: [range(2, 6), range(0, 1)],
    tree: fork(0, 3, leaf(4), leaf(0)),
    total: 3,
    marginal: [3, 0],
  },
  {
    // One category of three at 6: mean 2, variance 1/3 16 + 2/3 4.
    name: 'one category against two',
    features: [categories(3)],
    tree: fork(0, 1, leaf(6), leaf(0)),
    total: 8,
    marginal: [8],
  },
  {
    // x below a half: 0; above it 0 or 4 by the halves of y. Mean 1. By x 0 and 2: variance 1. By y 0 and 2: variance 1.
    name: 'an interaction is no feature’s own',
    features: [range(0, 1), range(-1, 1)],
    tree: fork(0, 0.5, leaf(0), fork(1, 0, leaf(0), leaf(4))),
    total: 3,
    marginal: [1, 1],
  },
])('of $name', ({ features, tree, total, marginal }) => {
  const variance = treeVariance(tree, features);
  expect(variance.total).toBeCloseTo(total, 12);
  expect([...variance.marginal]).toEqual(marginal.map((value) => expect.closeTo(value, 12)));
});

// The slow twin predicts at the middle of every cell between all cuts of all features, and averages.
it.each([1, 2, 3, 4, 5])('of a grown tree, as by predicting in every cell (seed %i)', (seed) => {
  const rng = createRng(seed);
  const draw = (count: number, scale: number) => Float64Array.from({ length: count }, () => scale * rng.next());
  const features = [
    range(0, 1, draw(14, 1)),
    range(-1, 3, draw(14, 2)),
    categories(3, draw(14, 3).map(Math.floor)),
    categories(4, draw(14, 4).map(Math.floor)),
  ];
  const sample = { losses: draw(14, 10), weights: new Float64Array(14).fill(1) };
  const tree = growTree(features, ordersOf(features), sample, rng.fork(1));
  const { total, marginal } = treeVariance(tree, features);
  const axes = features.map((feature, index) => cellsOf(feature, cutsOf(tree, index)));
  const points = product(axes);
  const predicted = points.map((point) => ({ point, value: predict(tree, features, point), weight: weightOf(point) }));
  expect(total).toBeCloseTo(varianceOf(predicted), 9);
  for (const [index, axis] of axes.entries()) {
    const averages = axis.map((cell) => {
      const slice = predicted.filter(({ point }) => point[index] === cell);
      return { value: meanOf(slice), weight: cell.weight };
    });
    expect(marginal[index]).toBeCloseTo(varianceOf(averages), 9);
  }
});

interface Cell {
  readonly at: number;
  readonly weight: number;
}

interface Weighted {
  readonly value: number;
  readonly weight: number;
}

function cutsOf(tree: RegressionTree, feature: number): readonly number[] {
  if (tree.kind === 'leaf') return [];
  const below = [...cutsOf(tree.left, feature), ...cutsOf(tree.right, feature)];
  return tree.cut.feature === feature ? [...below, tree.cut.at] : below;
}

function cellsOf(feature: Feature, cuts: readonly number[]): readonly Cell[] {
  if (feature.kind === 'categories') {
    return Array.from({ length: feature.count }, (_, at) => ({ at, weight: 1 / feature.count }));
  }
  const edges = [feature.low, ...new Set(cuts.toSorted((a, b) => a - b)), feature.high];
  const size = feature.high - feature.low;
  return edges.slice(1).map((end, i) => ({ at: (end + edges[i]!) / 2, weight: (end - edges[i]!) / size }));
}

function product(axes: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return axes.reduce<readonly (readonly Cell[])[]>(
    (points, axis) => points.flatMap((point) => axis.map((cell) => [...point, cell])),
    [[]],
  );
}

function predict(tree: RegressionTree, features: readonly Feature[], point: readonly Cell[]): number {
  if (tree.kind === 'leaf') return tree.value;
  const { feature, at } = tree.cut;
  const value = point[feature]!.at;
  const goesLeft = features[feature]!.kind === 'range' ? value <= at : value === at;
  return predict(goesLeft ? tree.left : tree.right, features, point);
}

function weightOf(point: readonly Cell[]): number {
  return point.reduce((weight, cell) => weight * cell.weight, 1);
}

function meanOf(values: readonly Weighted[]): number {
  const weight = values.reduce((sum, entry) => sum + entry.weight, 0);
  return values.reduce((sum, entry) => sum + entry.weight * entry.value, 0) / weight;
}

function varianceOf(values: readonly Weighted[]): number {
  const mean = meanOf(values);
  return meanOf(values.map(({ value, weight }) => ({ value: (value - mean) ** 2, weight })));
}
