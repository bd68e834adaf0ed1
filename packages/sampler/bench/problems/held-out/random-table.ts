import type { Rng } from '@assay/sampler';
import { categorical, int, type Parameter, type ParamValues } from '@assay/space';
import { gaussian, listOf, logUniform, uniform, wholeBetween } from '../../random-values.js';
import type { Problem } from '../problem.js';

/** One parameter of a table and, for each of its levels, where that level lies in the space of the smooth function. */
interface TableAxis {
  readonly parameter: Parameter;
  readonly places: readonly (readonly number[])[];
}

/** Cosines in the sum: enough to look like a draw of a Gaussian process (Rahimi and Recht 2007, random features). */
const FEATURES = 48;
const MOST_ROWS = 20_000;

/**
 * A table like those of real training results: ordinal and categorical parameters, a smooth function of both, skewed
 * towards the bad, with a little noise that is frozen in. Categories lie at random places, so none is near another.
 */
export function tableProblem(name: string, rng: Rng): Problem {
  const axes = anyAxes(rng);
  const smooth = randomSmoothFunction(
    axes.reduce((sum, { places }) => sum + places[0]!.length, 0),
    rng,
  );
  const skew = uniform(rng, 0, 1.5);
  const frozen = uniform(rng, 0, 0.05);
  const values = Float64Array.from({ length: rowsOf(axes) }, (_, row) => {
    const value = smooth(placeOf(axes, row));
    return (skew === 0 ? value : Math.exp(skew * value)) + frozen * gaussian(rng);
  });
  return {
    name,
    parameters: axes.map(({ parameter }) => parameter),
    optimum: values.reduce((least, value) => Math.min(least, value), Infinity),
    loss: (params) => values[axes.reduce((row, axis) => row * axis.places.length + levelOf(axis, params), 0)]!,
  };
}

function anyAxes(rng: Rng): readonly TableAxis[] {
  const axes: TableAxis[] = [];
  for (let i = wholeBetween(rng, 4, 7); i > 0; i--) {
    const axis = rng.next() < 0.35 ? categoricalAxis(axes.length, rng) : ordinalAxis(axes.length, rng);
    if (rowsOf(axes) * axis.places.length <= MOST_ROWS) axes.push(axis);
  }
  return axes;
}

function ordinalAxis(index: number, rng: Rng): TableAxis {
  const levels = wholeBetween(rng, 3, 10);
  const stretch = logUniform(rng, 0.3, 3);
  return {
    parameter: { name: `o${index}`, distribution: int(0, levels - 1), condition: null },
    places: listOf(levels, (level) => [(stretch * level) / (levels - 1)]),
  };
}

function categoricalAxis(index: number, rng: Rng): TableAxis {
  const choices = listOf(wholeBetween(rng, 2, 5), (i) => `choice${i}`);
  const stretch = logUniform(rng, 0.3, 1.5);
  return {
    parameter: { name: `c${index}`, distribution: categorical(choices), condition: null },
    places: choices.map(() => listOf(3, () => stretch * gaussian(rng))),
  };
}

function rowsOf(axes: readonly TableAxis[]): number {
  return axes.reduce((rows, { places }) => rows * places.length, 1);
}

/** Where a row of the table lies: its levels' places, one after the other. */
function placeOf(axes: readonly TableAxis[], row: number): readonly number[] {
  let rest = row;
  const places: (readonly number[])[] = [];
  for (const { places: levels } of axes.toReversed()) {
    places.unshift(levels[rest % levels.length]!);
    rest = Math.floor(rest / levels.length);
  }
  return places.flat();
}

function randomSmoothFunction(dimensions: number, rng: Rng): (place: readonly number[]) => number {
  const features = listOf(FEATURES, () => ({
    amplitude: gaussian(rng) * Math.sqrt(2 / FEATURES),
    frequency: listOf(dimensions, () => 2 * gaussian(rng)),
    phase: uniform(rng, 0, 2 * Math.PI),
  }));
  return (place) =>
    features.reduce(
      (sum, { amplitude, frequency, phase }) =>
        sum + amplitude * Math.cos(place.reduce((angle, x, i) => angle + x * frequency[i]!, phase)),
      0,
    );
}

function levelOf({ parameter: { name, distribution } }: TableAxis, params: ParamValues): number {
  const value = params[name]!;
  return distribution.kind === 'categorical' ? distribution.choices.indexOf(value) : (value as number);
}
