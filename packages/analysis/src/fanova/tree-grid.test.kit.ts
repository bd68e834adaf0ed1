import { createRng } from '@assay/sampler';
import type { Feature } from './feature-table.js';
import { ordersOf } from './node-members.js';
import { growTree, type RegressionTree } from './regression-tree.js';

export const range = (low: number, high: number, values: Float64Array = new Float64Array()): Feature => ({
  kind: 'range',
  values,
  low,
  high,
});
export const categories = (count: number, values: Float64Array = new Float64Array()): Feature => ({
  kind: 'categories',
  values,
  count,
});
export const leaf = (value: number): RegressionTree => ({ kind: 'leaf', value });
export const fork = (feature: number, at: number, left: RegressionTree, right: RegressionTree): RegressionTree => ({
  kind: 'fork',
  cut: { feature, at },
  left,
  right,
});

/** A tree on 14 random trials of two ranges and two kinds of categories. */
export function randomTree(seed: number): { readonly tree: RegressionTree; readonly features: readonly Feature[] } {
  const rng = createRng(seed);
  const draw = (count: number, scale: number) => Float64Array.from({ length: count }, () => scale * rng.next());
  const features = [
    range(0, 1, draw(14, 1)),
    range(-1, 3, draw(14, 2)),
    categories(3, draw(14, 3).map(Math.floor)),
    categories(4, draw(14, 4).map(Math.floor)),
  ];
  const sample = { losses: draw(14, 10), weights: new Float64Array(14).fill(1) };
  return { tree: growTree(features, ordersOf(features), sample, rng.fork(1)), features };
}

/** What the tree predicts at the middle of every cell between all of its cuts. */
export function gridOf(
  tree: RegressionTree,
  features: readonly Feature[],
): { readonly axes: readonly (readonly Cell[])[]; readonly points: readonly Predicted[] } {
  const axes = features.map((feature, index) => cellsOf(feature, cutsOf(tree, index)));
  const points = product(axes).map((point) => ({
    point,
    value: predict(tree, features, point),
    weight: weightOf(point),
  }));
  return { axes, points };
}

export interface Cell {
  readonly at: number;
  readonly weight: number;
}

export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

export interface Predicted extends Weighted {
  /** A cell per feature. */
  readonly point: readonly Cell[];
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

export function meanOf(values: readonly Weighted[]): number {
  const weight = values.reduce((sum, entry) => sum + entry.weight, 0);
  return values.reduce((sum, entry) => sum + entry.weight * entry.value, 0) / weight;
}

export function varianceOf(values: readonly Weighted[]): number {
  const mean = meanOf(values);
  return meanOf(values.map(({ value, weight }) => ({ value: (value - mean) ** 2, weight })));
}
