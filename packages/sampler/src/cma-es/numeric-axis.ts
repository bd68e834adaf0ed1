import { type Axis, cellCoordinate, cellIndex } from '../axis.js';

/**
 * A parameter that the strategy moves, as a coordinate of its own: 0 and 1 are the ends of the range in model units. A
 * continuous parameter is mirrored at its ends, so that the loss goes on without a break and no point is thrown away; a
 * discrete one takes the value whose cell a coordinate lies in, the outermost cells reaching to infinity.
 */
export interface NumericAxis {
  readonly axis: Axis;
  /** Where the parameter stands in the space. */
  readonly index: number;
}

/**
 * The parameters that have an order and are there in every configuration, without those that others depend on; by name,
 * so that their order in the space does not matter.
 */
export function numericAxes(axes: readonly Axis[]): readonly NumericAxis[] {
  const parents = new Set(axes.map(({ gate }) => gate?.parent));
  return axes
    .map((axis, index) => ({ axis, index }))
    .filter(({ axis, index }) => !axis.unordered && axis.cells > 1 && axis.gate === null && !parents.has(index))
    .sort((a, b) => (a.axis.parameter.name < b.axis.parameter.name ? -1 : 1));
}

export function toUnit({ low, high }: Axis, coordinate: number): number {
  return (coordinate - low) / (high - low);
}

/** The model coordinate of the value that a unit coordinate stands for. */
export function fromUnit(axis: Axis, unit: number): number {
  const { low, high, cells } = axis;
  if (cells === Infinity) return low + mirrored(unit) * (high - low);
  return cellCoordinate(axis, cellIndex(axis, low + clamp(unit) * (high - low)));
}

/** The borders of the cell that a unit coordinate lies in; null where the cell has no end. */
export function cellBorders(axis: Axis, unit: number): { readonly low: number | null; readonly high: number | null } {
  const index = cellIndex(axis, axis.low + clamp(unit) * (axis.high - axis.low));
  return {
    low: index === 0 ? null : toUnit(axis, cellCoordinate(axis, index - 0.5)),
    high: index === axis.cells - 1 ? null : toUnit(axis, cellCoordinate(axis, index + 0.5)),
  };
}

/** Into [0, 1] by reflection at both ends. */
function mirrored(unit: number): number {
  const rest = Math.abs(unit) % 2;
  return rest > 1 ? 2 - rest : rest;
}

function clamp(unit: number): number {
  return Math.min(Math.max(unit, 0), 1);
}
