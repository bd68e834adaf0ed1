import { createRng } from '@assay/sampler';
import { cardinality, type Distribution, fromModel, modelRange, type ParamValues, type Scalar } from '@assay/space';
import { expect, it } from 'vitest';
import type { Problem } from '../problem.js';
import { gridProblem } from './grid.js';

function valuesOf(distribution: Distribution): readonly Scalar[] {
  const { low, high } = modelRange(distribution);
  const count = cardinality(distribution);
  return Array.from({ length: count }, (_, i) => fromModel(distribution, low + ((i + 0.5) * (high - low)) / count));
}

function everyConfiguration({ parameters }: Problem): readonly ParamValues[] {
  return parameters.reduce<readonly ParamValues[]>(
    (all, { name, distribution }) =>
      all.flatMap((params) => valuesOf(distribution).map((value) => ({ ...params, [name]: value }))),
    [{}],
  );
}

const sizeOf = ({ parameters }: Problem): number =>
  parameters.reduce((size, { distribution }) => size * cardinality(distribution), 1);

const small = Array.from({ length: 60 }, (_, seed) => gridProblem(`grid of seed ${seed}`, createRng(seed)))
  .filter((problem) => sizeOf(problem) <= 3000)
  .slice(0, 4);

it('is tried on several grids', () => {
  expect(small.length).toBeGreaterThan(2);
});

it.each(small)('$name: its optimum is the least loss of all its configurations', (problem) => {
  const losses = everyConfiguration(problem).map((params) => problem.loss(params));
  expect(Math.min(...losses)).toBe(problem.optimum);
});
