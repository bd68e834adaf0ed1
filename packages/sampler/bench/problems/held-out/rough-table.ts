import type { Rng } from '@assay/sampler';
import type { Parameter, ParamValues } from '@assay/space';
import { gaussian, logUniform, uniform } from '../../random-values.js';
import type { Problem } from '../problem.js';
import { valuesOf } from './coordinates.js';
import { gridProblem, levelOf } from './grid.js';

const MOST_ROWS = 30_000;

/**
 * A table of trainings that each ran once: a small grid whose every configuration had its luck too, so that the best one is
 * the luckiest of many good ones; and however bad a configuration, it is no worse than a ceiling, as guessing is.
 */
export function roughTableProblem(name: string, rng: Rng): Problem {
  const { parameters, loss } = smallGrid(name, rng);
  const smooth = Float64Array.from({ length: rowsOf(parameters) }, (_, row) => loss(paramsOf(parameters, row)));
  const sorted = smooth.toSorted();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
  const luck = logUniform(rng, 0.01, 0.3) * (at(0.6) - at(0.02));
  const ceiling = at(uniform(rng, 0.6, 1));
  const values = smooth.map((value) => Math.min(value, ceiling) + luck * gaussian(rng));
  return {
    name,
    parameters,
    optimum: values.reduce((least, value) => Math.min(least, value), Infinity),
    loss: (params) => values[rowOf(parameters, params)]!,
  };
}

function smallGrid(name: string, rng: Rng): Problem {
  for (let attempt = 0; ; attempt++) {
    const problem = gridProblem(name, rng.fork(attempt));
    if (rowsOf(problem.parameters) <= MOST_ROWS) return problem;
  }
}

function levelsOf({ distribution }: Parameter): number {
  return valuesOf(distribution)!.length;
}

function rowsOf(parameters: readonly Parameter[]): number {
  return parameters.reduce((rows, parameter) => rows * levelsOf(parameter), 1);
}

/** Mixed radix, the first parameter counting most. */
function rowOf(parameters: readonly Parameter[], params: ParamValues): number {
  return parameters.reduce((row, parameter) => row * levelsOf(parameter) + levelOf(parameter, params), 0);
}

function paramsOf(parameters: readonly Parameter[], row: number): ParamValues {
  let rest = row;
  const entries = parameters.toReversed().map(({ name, distribution }) => {
    const values = valuesOf(distribution)!;
    const value = values[rest % values.length]!;
    rest = Math.floor(rest / values.length);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}
