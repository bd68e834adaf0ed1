import { type Axis, cellCoordinate, cellIndex } from '../axis.js';
import type { Rng } from '../rng.js';
import { SOBOL_DIMENSIONS } from '../sobol/sobol-bits.js';
import { scrambledSobol } from '../sobol/sobol-sampler.js';
import { atUnit, type LatentPoint, snap } from './latent-point.js';

/** Points all over the space: a scrambled Sobol sequence. */
export function spreadPoints(axes: readonly Axis[], count: number, rng: Rng): readonly LatentPoint[] {
  const seeds = axes.map(() => rng.next());
  return Array.from({ length: count }, (_, index) =>
    Float64Array.from(axes, (axis, d) =>
      atUnit(axis, d < SOBOL_DIMENSIONS ? scrambledSobol(index, d, seeds[d]!) : rng.next()),
    ),
  );
}

/** Steps around a good point have lengths from half of the range to a thousandth of that, evenly on a log scale. */
const LONGEST_STEP = 0.5;
const STEP_DECADES = 3;

/** How many coordinates a step changes on average: in many dimensions few at a time, or every step ends far away. */
const CHANGED_COORDINATES = 5;

/**
 * Points around a good one.
 * @see Regis and Shoemaker 2013, "Combining radial basis function surrogates and dynamic coordinate search" (few
 *   coordinates at a time)
 */
export function nearbyPoints(
  axes: readonly Axis[],
  centre: LatentPoint,
  count: number,
  rng: Rng,
): readonly LatentPoint[] {
  const share = Math.min(1, CHANGED_COORDINATES / axes.length);
  return Array.from({ length: count }, () => {
    const step = LONGEST_STEP * 10 ** (-STEP_DECADES * rng.next());
    const always = Math.floor(rng.next() * axes.length);
    return centre.map((coordinate, d) =>
      d === always || rng.next() < share ? stepFrom(axes[d]!, coordinate, step, rng) : coordinate,
    );
  });
}

/** A normal step; at least to the next cell where values are discrete. Half of the time a category becomes any other. */
function stepFrom(axis: Axis, coordinate: number, step: number, rng: Rng): number {
  if (axis.unordered) return rng.next() < 0.5 ? coordinate : atUnit(axis, rng.next());
  const gauss = Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
  const moved = snap(axis, coordinate + gauss * step * (axis.high - axis.low));
  if (axis.cells === Infinity || moved !== coordinate) return moved;
  const next = cellIndex(axis, coordinate) + Math.sign(gauss);
  return cellCoordinate(axis, Math.min(Math.max(next, 0), axis.cells - 1));
}
