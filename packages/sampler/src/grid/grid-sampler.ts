import {
  cardinality,
  contains,
  describeDistribution,
  fromModel,
  type Json,
  modelRange,
  type Parameter,
  type Scalar,
  type SearchSpace,
} from '@assay/space';
import { type OptionRules, resolveOptions, wholeNumber } from '../option-rules.js';
import { createRng } from '../rng.js';
import type { Sampler } from '../sampler.js';
import { SamplerError } from '../sampler-error.js';
import { finiteValues, type GridValues } from './finite-values.js';
import { buildGrid, type Grid } from './grid.js';
import { randomPermutation } from './permutation.js';

export interface GridOptions {
  /** The values to try for a parameter, by its flat name. Others take every value of their distribution. */
  readonly points?: Readonly<Record<string, readonly Scalar[]>>;
  /** How many evenly spaced values a float without a step gets (even in the logarithm on a log scale), its ends included. */
  readonly resolution?: number;
}

/** The stream that shuffles the grid: below 0, where no draw is. */
const SHUFFLE_KEY = -2;

/**
 * Every configuration of a finite space exactly once, in an order shuffled by the study's seed; null when it is through.
 * The draw is the position, so parallel workers never meet; a draw whose trial failed is not repeated.
 * `check` and `suggest` throw {SamplerError} `NOT_A_GRID` for a float without step, `points` or `resolution`, or for points outside
 * of the space, and `GRID_TOO_LARGE` beyond 2^53 configurations.
 * @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION`
 */
export function gridSampler(options: GridOptions = {}): Sampler {
  const resolved = resolveOptions<GridOptions>('grid', GRID_RULES, {}, options);
  return {
    name: 'grid',
    settings: { ...resolved } as Json,
    check: (space) => void gridOf(space, resolved),
    suggest: ({ space, draw, studySeed }) => {
      const grid = gridOf(space, resolved);
      if (draw >= grid.size) return null;
      const order = randomPermutation(grid.size, createRng(studySeed).fork(SHUFFLE_KEY));
      return { params: grid.at(order(draw)) };
    },
  };
}

function gridOf(space: SearchSpace, options: GridOptions): Grid {
  const unknown = Object.keys(options.points ?? {}).filter(
    (name) => !space.some((parameter) => parameter.name === name),
  );
  if (unknown.length > 0) {
    const names = space.map(({ name }) => name).join(', ');
    throw new SamplerError('NOT_A_GRID', `grid points for '${unknown[0]}', which is no parameter; there are: ${names}`);
  }
  const grid = buildGrid(space, (parameter) => valuesOf(parameter, options));
  if (grid.size > Number.MAX_SAFE_INTEGER) {
    throw new SamplerError(
      'GRID_TOO_LARGE',
      `the grid has about ${grid.size.toExponential(1)} configurations, at most 2^53 can be counted; give fewer points or use another sampler`,
    );
  }
  return grid;
}

function valuesOf({ name, distribution }: Parameter, { points, resolution }: GridOptions): GridValues {
  const given = points !== undefined && Object.hasOwn(points, name) ? points[name] : undefined;
  if (given !== undefined) {
    const outside = given.find((value) => !contains(distribution, value));
    if (outside !== undefined) {
      throw new SamplerError(
        'NOT_A_GRID',
        `grid point ${JSON.stringify(outside)} of '${name}' is not ${describeDistribution(distribution)}`,
      );
    }
    return { count: given.length, at: (position) => given[position]! };
  }
  if (cardinality(distribution) !== Infinity) return finiteValues(distribution);
  if (resolution === undefined) {
    throw new SamplerError(
      'NOT_A_GRID',
      `'${name}' is ${describeDistribution(distribution)} without a step, so it has no grid; give it a step, list points for it, or set resolution`,
    );
  }
  const { low, high } = modelRange(distribution);
  const spacing = (high - low) / (resolution - 1);
  return { count: resolution, at: (position) => fromModel(distribution, low + position * spacing) };
}

const GRID_RULES: OptionRules<GridOptions> = {
  points: {
    expected: 'an object with a list of different values per parameter',
    accepts: (value) => typeof value === 'object' && value !== null && Object.values(value).every(isListOfPoints),
  },
  resolution: wholeNumber(2),
};

function isListOfPoints(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && new Set(value).size === value.length;
}
