import { expect, it } from 'vitest';
import { categories, fork, gridOf, leaf, meanOf, randomTree, range, varianceOf } from './tree-grid.test.kit.js';
import { treeVariance } from './tree-variance.js';

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
  const { tree, features } = randomTree(seed);
  const { total, marginal } = treeVariance(tree, features);
  const { axes, points } = gridOf(tree, features);
  expect(total).toBeCloseTo(varianceOf(points), 9);
  for (const [index, axis] of axes.entries()) {
    const averages = axis.map((cell) => {
      const slice = points.filter(({ point }) => point[index] === cell);
      return { value: meanOf(slice), weight: cell.weight };
    });
    expect(marginal[index]).toBeCloseTo(varianceOf(averages), 9);
  }
});
