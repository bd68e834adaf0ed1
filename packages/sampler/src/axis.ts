import {
  cardinality,
  contains,
  type Distribution,
  fromModel,
  isActive,
  modelRange,
  type Parameter,
  type ParamValues,
  type Scalar,
  type SearchSpace,
  toModel,
} from '@assay/space';

/**
 * One parameter as a coordinate in model units: a float or int is its value, or the logarithm of it on a log scale;
 * ordered values and categories are positions. A discrete value owns an interval ("cell") of the axis.
 */
export interface Axis {
  readonly parameter: Parameter;
  /** The range in model units; where values are discrete it reaches half a step beyond the first and the last. */
  readonly low: number;
  readonly high: number;
  /** How many values there are: Infinity for a continuous float, 1 for a pinned parameter. */
  readonly cells: number;
  /** True for categories: their positions carry no order. */
  readonly unordered: boolean;
  /** Where the discrete values lie: first, first + step, ... before the logarithm. */
  readonly grid: CellGrid;
  /** The parameter is active while its parent's coordinate lies within; null when it always is. */
  readonly gate: Gate | null;
}

interface CellGrid {
  readonly first: number;
  readonly step: number;
  readonly log: boolean;
}

/** Which stretch of an earlier axis switches a parameter on. */
interface Gate {
  readonly parent: number;
  readonly low: number;
  readonly high: number;
}

export function axesOf(space: SearchSpace): readonly Axis[] {
  const axes: Axis[] = [];
  for (const parameter of space) {
    axes.push({
      parameter,
      ...modelRange(parameter.distribution),
      cells: cardinality(parameter.distribution),
      unordered: parameter.distribution.kind === 'categorical',
      grid: gridOf(parameter.distribution),
      gate: gateOf(parameter, axes),
    });
  }
  return axes;
}

function gateOf({ condition }: Parameter, earlier: readonly Axis[]): Gate | null {
  if (condition === null) return null;
  const parent = earlier.findIndex((axis) => axis.parameter.name === condition.parent);
  const axis = earlier[parent]!;
  switch (condition.kind) {
    case 'equals': {
      const index = cellIndex(axis, coordinateOf(axis, condition.value));
      return { parent, low: cellCoordinate(axis, index - 0.5), high: cellCoordinate(axis, index + 0.5) };
    }
    case 'above': {
      const { first, step } = axis.grid;
      const index = Math.floor((condition.index - first) / step);
      return { parent, low: index < 0 ? -Infinity : cellCoordinate(axis, index + 0.5), high: Infinity };
    }
  }
}

/** Whether an axis is active in a point whose earlier coordinates are set; an inactive parent's is NaN. */
export function isOpen({ gate }: Axis, point: Float64Array): boolean {
  return gate === null || (point[gate.parent]! > gate.low && point[gate.parent]! < gate.high);
}

/**
 * A stored value as a coordinate; NaN when it is missing or no longer in the distribution (a range that has changed).
 * Values of a discrete parameter that are equal but for rounding have the same coordinate.
 */
export function coordinateOf(axis: Axis, value: Scalar | undefined): number {
  const { distribution } = axis.parameter;
  if (value === undefined || !contains(distribution, value)) return Number.NaN;
  const coordinate = toModel(distribution, value);
  return axis.cells === Infinity ? coordinate : cellCoordinate(axis, cellIndex(axis, coordinate));
}

/** A configuration as a point: a coordinate per axis, NaN where the parameter is inactive, missing or out of range. */
export function pointOf(axes: readonly Axis[], params: ParamValues): Float64Array {
  const point = new Float64Array(axes.length);
  for (let d = 0; d < axes.length; d++) {
    const axis = axes[d]!;
    point[d] = isOpen(axis, point) ? coordinateOf(axis, params[axis.parameter.name]) : Number.NaN;
  }
  return point;
}

/** The configuration at, or nearest to, a point. */
export function paramsAt(axes: readonly Axis[], point: Float64Array): ParamValues {
  return fillActive(axes, (axis, d) => valueAt(axis, point[d]!));
}

/** The value at, or nearest to, a coordinate. */
export function valueAt(axis: Axis, coordinate: number): Scalar {
  return fromModel(axis.parameter.distribution, coordinate);
}

/** The value for u uniform in [0, 1): uniform in model units. */
export function valueAtUnit(axis: Axis, u: number): Scalar {
  return valueAt(axis, axis.low + u * (axis.high - axis.low));
}

/** Which value of a discrete parameter, counted from 0, a coordinate rounds to. */
export function cellIndex({ cells, grid }: Axis, coordinate: number): number {
  const index = Math.round(((grid.log ? Math.exp(coordinate) : coordinate) - grid.first) / grid.step);
  return Math.min(Math.max(index, 0), cells - 1);
}

/** The coordinate of the i-th value of a discrete parameter; halves give the borders between cells. */
export function cellCoordinate({ grid }: Axis, index: number): number {
  const value = grid.first + index * grid.step;
  return grid.log ? Math.log(value) : value;
}

function gridOf(distribution: Distribution): CellGrid {
  switch (distribution.kind) {
    case 'float':
    case 'int':
      return { first: distribution.low, step: distribution.step ?? 1, log: distribution.log };
    case 'categorical':
    case 'ordered':
      return { first: 0, step: 1, log: false };
  }
}

/** Gives the active parameters their values one by one, parents first. */
export function fillActive(axes: readonly Axis[], pick: (axis: Axis, index: number) => Scalar): ParamValues {
  const params: Record<string, Scalar> = {};
  axes.forEach((axis, index) => {
    if (isActive(axis.parameter, params)) params[axis.parameter.name] = pick(axis, index);
  });
  return params;
}
