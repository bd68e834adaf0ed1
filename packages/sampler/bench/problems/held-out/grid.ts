import type { Rng } from '@assay/sampler';
import { categorical, type Distribution, float, int, ordered, type Parameter, type ParamValues } from '@assay/space';
import { gaussian, listOf, logUniform, pick, uniform, wholeBetween } from '../../random-values.js';
import type { Problem } from '../problem.js';
import { anyTarget } from './any-distribution.js';
import { unitGrid } from './coordinates.js';

/** One parameter of a grid. */
interface GridAxis {
  readonly parameter: Parameter;
  /** By level, what it costs alone. */
  readonly costs: readonly number[];
  /** By the level of the parameter before it and its own, what the two cost together. */
  readonly besides: readonly (readonly number[])[];
}

/**
 * Four to ten parameters of 3 to 15 ordered values or 2 to 6 categories: too many configurations for a table. Each value
 * costs something, and so does each pair of values of two parameters in a row; most such losses come in steps, so that
 * many configurations tie, as they do where a validation set of few rows is scored by accuracy.
 */
export function gridProblem(name: string, rng: Rng): Problem {
  const axes: GridAxis[] = [];
  for (let i = wholeBetween(rng, 4, 10); i > 0; i--) axes.push(anyAxis(axes, rng));
  const stepsPerUnit = rng.next() < 0.3 ? Infinity : logUniform(rng, 3, 100);
  const stepped = (cost: number): number =>
    stepsPerUnit === Infinity ? cost : Math.floor(cost * stepsPerUnit) / stepsPerUnit;
  return {
    name,
    parameters: axes.map(({ parameter }) => parameter),
    optimum: stepped(leastCost(axes)),
    loss: (params) => stepped(costOf(axes, params)),
  };
}

function anyAxis(before: readonly GridAxis[], rng: Rng): GridAxis {
  const distribution = anyDistribution(rng);
  const costs =
    distribution.kind === 'categorical'
      ? categoryCosts(distribution.choices.length, rng)
      : orderedCosts(distribution, rng);
  const last = before.at(-1);
  return {
    parameter: { name: `g${before.length}`, distribution, condition: null },
    costs,
    besides: last === undefined ? [costs.map(() => 0)] : pairCosts(last.parameter.distribution, distribution, rng),
  };
}

function anyDistribution(rng: Rng): Distribution {
  const levels = wholeBetween(rng, 3, 15);
  switch (pick(rng, ['int', 'steps', 'list', 'categories'] as const)) {
    case 'int':
      return int(0, levels - 1);
    case 'steps':
      return float(0, (levels - 1) / 10, { step: 0.1 });
    case 'list':
      return ordered(listOf(levels, (i) => 2 ** i));
    case 'categories':
      return categorical(listOf(wholeBetween(rng, 2, 6), (i) => `choice${i}`));
  }
}

/** A valley along the values, a little rough; one time in three they cost much more beyond a cliff. */
function orderedCosts(distribution: Distribution, rng: Rng): readonly number[] {
  const weight = logUniform(rng, 0.03, 3);
  const power = pick(rng, [1, 2]);
  const target = anyTarget(rng);
  const cliff = rng.next() < 1 / 3 ? target + uniform(rng, 0.05, 0.5) : Infinity;
  const rough = weight * uniform(rng, 0, 0.1);
  return unitGrid(distribution)!.map(
    (unit) => weight * (Math.abs(unit - target) ** power + (unit > cliff ? 1 : 0)) + rough * gaussian(rng),
  );
}

function categoryCosts(choices: number, rng: Rng): readonly number[] {
  const weight = logUniform(rng, 0.03, 1);
  return listOf(choices, () => weight * rng.next());
}

/** Half of the pairs do not interact; two ordered ones want their sum or their difference to be right. */
function pairCosts(first: Distribution, second: Distribution, rng: Rng): readonly (readonly number[])[] {
  const weight = rng.next() < 0.5 ? 0 : logUniform(rng, 0.1, 2);
  const [ones, others] = [unitGrid(first)!, unitGrid(second)!];
  if (first.kind === 'categorical' || second.kind === 'categorical')
    return ones.map(() => others.map(() => 0.5 * weight * rng.next()));
  const sign = pick(rng, [-1, 1]);
  const wanted = uniform(rng, 0.3, 0.7) * (1 + sign);
  return ones.map((a) => others.map((b) => weight * (a + sign * b - wanted) ** 2));
}

function costOf(axes: readonly GridAxis[], params: ParamValues): number {
  let cost = 0;
  let before = 0;
  for (const { parameter, costs, besides } of axes) {
    const level = levelOf(parameter, params);
    cost += costs[level]! + besides[before]![level]!;
    before = level;
  }
  return cost;
}

/** The position of a configuration's value among the parameter's values. */
export function levelOf({ name, distribution }: Parameter, params: ParamValues): number {
  const value = params[name]!;
  switch (distribution.kind) {
    case 'categorical':
      return distribution.choices.indexOf(value);
    case 'ordered':
      return distribution.values.indexOf(value as number);
    case 'int':
    case 'float':
      return Math.round(((value as number) - distribution.low) / distribution.step!);
  }
}

/** The least over all configurations: parameter by parameter, the least up to each of its levels (Bellman 1957). */
function leastCost(axes: readonly GridAxis[]): number {
  let least: readonly number[] = [0];
  for (const { costs, besides } of axes) {
    least = costs.map((cost, level) =>
      Math.min(...least.map((sum, before) => sum + (cost + besides[before]![level]!))),
    );
  }
  return Math.min(...least);
}
