import { type Axis, cellCoordinate, cellIndex } from '../axis.js';
import { normalCdf } from '../normal/normal.js';

/** A coordinate as a share of the axis's range. */
export function toUnit({ low, high }: Axis, x: number): number {
  return (x - low) / (high - low);
}

/** The coordinate at a share of the axis's range. */
export function fromUnit({ low, high }: Axis, share: number): number {
  return Math.min(low + share * (high - low), high);
}

/** The mass of a normal distribution between 0 and 1. */
export function massInUnit(mu: number, sigma: number): number {
  return normalCdf((1 - mu) / sigma) - normalCdf(-mu / sigma);
}

/** The coordinate itself, or that of the value it rounds to where values are discrete. */
export function nearestCoordinate(axis: Axis, x: number): number {
  return axis.cells === Infinity ? x : cellCoordinate(axis, cellIndex(axis, x));
}
