import { expect, it } from 'vitest';
import { categories, fork, gridOf, leaf, meanOf, type Predicted, randomTree, range } from './tree-grid.test.kit.js';
import { treePairVariance } from './tree-pair-variance.js';

const halves = [range(0, 1), range(-1, 1)];

it.each([
  { name: 'one feature', features: [range(0, 1)], tree: fork(0, 0.5, leaf(0), leaf(2)), marginal: [1], pairs: [] },
  {
    // 0 or 2 by x, and 0 or 4 by y on top: variances 1 and 4, all there is.
    name: 'a sum',
    features: halves,
    tree: fork(0, 0.5, fork(1, 0, leaf(0), leaf(4)), fork(1, 0, leaf(2), leaf(6))),
    marginal: [1, 4],
    pairs: [0],
  },
  {
    // 2 where exactly one of x and y is in its upper half: mean 1 along either, so all of the variance, 1, is of both.
    name: 'one or the other',
    features: halves,
    tree: fork(0, 0.5, fork(1, 0, leaf(0), leaf(2)), fork(1, 0, leaf(2), leaf(0))),
    marginal: [0, 0],
    pairs: [1],
  },
  {
    // 4 where both are: mean 1, by x and by y 0 and 2, variance 1 each; in all 3/4 1 + 1/4 9 = 3, which leaves 1.
    name: 'both, and a feature that does nothing',
    features: [...halves, categories(5)],
    tree: fork(0, 0.5, leaf(0), fork(1, 0, leaf(0), leaf(4))),
    marginal: [1, 1, 0],
    pairs: [1, 0, 0],
  },
  {
    // 12 in the upper half of x, for one category of three: mean 2. By x 0 and 4: 4. By category 6, 0, 0: (16 + 4 + 4) / 3 = 8.
    // In all (5 x 4 + 100) / 6 = 20, which leaves 8.
    name: 'a range and a category',
    features: [range(2, 4), categories(3)],
    tree: fork(1, 2, fork(0, 3, leaf(0), leaf(12)), leaf(0)),
    marginal: [4, 8],
    pairs: [8],
  },
])('pairs of $name', ({ features, tree, marginal, pairs }) => {
  const variance = treePairVariance(tree, features);
  expect([...variance.marginal]).toEqual(marginal.map((value) => expect.closeTo(value, 12)));
  expect([...variance.pairs]).toEqual(pairs.map((value) => expect.closeTo(value, 12)));
});

const SUBSETS = Array.from({ length: 16 }, (_, bits) => [0, 1, 2, 3].filter((feature) => bits & (1 << feature)));

/**
 * The functional decomposition itself, on the grid of the tree's cells: each subset's component is the average over the other
 * features minus the components of all smaller subsets. Their variances add up to the whole one.
 */
function decomposition(points: readonly Predicted[]): ReadonlyMap<string, number> {
  const componentsOf = ({ point }: Predicted): ReadonlyMap<string, number> => {
    const components = new Map<string, number>();
    for (const subset of SUBSETS.toSorted((a, b) => a.length - b.length)) {
      const slice = points.filter((other) => subset.every((feature) => other.point[feature] === point[feature]));
      const smaller = SUBSETS.filter((other) => other.length < subset.length && other.every((f) => subset.includes(f)));
      const below = smaller.reduce((sum, other) => sum + components.get(other.join())!, 0);
      components.set(subset.join(), meanOf(slice) - below);
    }
    return components;
  };
  const all = points.map((point) => ({ components: componentsOf(point), weight: point.weight }));
  return new Map(
    SUBSETS.map((subset) => [
      subset.join(),
      meanOf(all.map(({ components, weight }) => ({ value: components.get(subset.join())! ** 2, weight }))),
    ]),
  );
}

it.each([1, 2, 3])('pairs of a grown tree are those of the decomposition of all its cells (seed %i)', (seed) => {
  const { tree, features } = randomTree(seed);
  const { total, marginal, pairs } = treePairVariance(tree, features);
  const variances = decomposition(gridOf(tree, features).points);
  const close = (subset: string) => expect.closeTo(variances.get(subset)!, 9);
  expect([...marginal]).toEqual(['0', '1', '2', '3'].map(close));
  expect([...pairs]).toEqual(['0,1', '0,2', '0,3', '1,2', '1,3', '2,3'].map(close));
  const parts = [...variances].filter(([subset]) => subset !== '').map(([, variance]) => variance);
  expect(parts.reduce((sum, variance) => sum + variance, 0)).toBeCloseTo(total, 9);
});
