import type { ParamValues, Scalar } from '@assay/space';
import { type Axis, cellCoordinate, cellIndex, coordinateOf, fillActive, valueAt, valueAtUnit } from '../axis.js';
import type { Rng } from '../rng.js';
import { crossed, mutated } from './variation.js';

/**
 * A configuration made of two others: parameter by parameter one parent's value, or, of a numeric one, as often a mixture of
 * both; then on average one parameter changes. What becomes active and neither parent has is drawn at random.
 */
export function childOf(axes: readonly Axis[], mother: ParamValues, father: ParamValues, rng: Rng): ParamValues {
  const inherited = fillActive(axes, (axis) => inherit(axis, mother, father, rng));
  const rate = 1 / Object.keys(inherited).length;
  return fillActive(axes, (axis) => {
    const { name } = axis.parameter;
    const value = Object.hasOwn(inherited, name) ? inherited[name]! : inherit(axis, mother, father, rng);
    return rng.next() < rate ? mutate(axis, value, rng) : value;
  });
}

function inherit(axis: Axis, mother: ParamValues, father: ParamValues, rng: Rng): Scalar {
  const a = coordinateOf(axis, mother[axis.parameter.name]);
  const b = coordinateOf(axis, father[axis.parameter.name]);
  const known = [a, b].filter((coordinate) => !Number.isNaN(coordinate));
  if (known.length === 0) return valueAtUnit(axis, rng.next());
  if (known.length === 2 && !axis.unordered && rng.next() < 0.5) {
    return valueAt(axis, fromUnit(axis, crossed(toUnit(axis, a), toUnit(axis, b), rng)));
  }
  return valueAt(axis, known[Math.floor(rng.next() * known.length)]!);
}

/** A category changes to any; a discrete value that would stay where it is moves on by one step. */
function mutate(axis: Axis, value: Scalar, rng: Rng): Scalar {
  if (axis.unordered) return valueAtUnit(axis, rng.next());
  const before = coordinateOf(axis, value);
  const after = fromUnit(axis, mutated(toUnit(axis, before), rng));
  if (axis.cells === Infinity || cellIndex(axis, after) !== cellIndex(axis, before)) return valueAt(axis, after);
  return valueAt(axis, cellCoordinate(axis, nextCell(axis, cellIndex(axis, before), after > before)));
}

function nextCell({ cells }: Axis, index: number, up: boolean): number {
  if (index === 0) return Math.min(1, cells - 1);
  if (index === cells - 1) return index - 1;
  return up ? index + 1 : index - 1;
}

function toUnit({ low, high }: Axis, coordinate: number): number {
  return high > low ? (coordinate - low) / (high - low) : 0;
}

function fromUnit({ low, high }: Axis, unit: number): number {
  return low + unit * (high - low);
}
