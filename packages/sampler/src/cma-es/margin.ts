import type { Axis } from '../axis.js';
import { normalCdf, normalQuantile } from '../normal/normal.js';
import { cellBorders } from './numeric-axis.js';

/** Where a coordinate is sampled: centre + stretch * deviation * normal. */
export interface Marginal {
  readonly centre: number;
  /** What the margin adds to the strategy's own deviation. */
  readonly stretch: number;
}

/** Kept from the ends of (0, 1/2), where a quantile is infinite or zero (as the authors' implementation does). */
const CLEARANCE = 1e-10;

/**
 * Moves and widens the marginal of a discrete coordinate so that it leaves its present value with probability `margin` at
 * least; otherwise the deviation could shrink below the width of a cell, and the value would never change again.
 * @param deviation of the strategy, without stretch
 * @param margin in (0, 1/3); the authors take 1 / (dimensions * population)
 * @see Hamano, Saito, Nomura, Shirakawa 2022, "CMA-ES with margin", arXiv:2205.13482, section 4
 */
export function withMargin(axis: Axis, marginal: Marginal, deviation: number, margin: number): Marginal {
  const { low, high } = cellBorders(axis, marginal.centre);
  if (low !== null && high !== null) return betweenBorders(low, high, marginal, deviation, margin);
  const border = (low ?? high)!;
  const reach = normalQuantile(1 - margin) * marginal.stretch * deviation;
  const distance = marginal.centre - border;
  return { ...marginal, centre: border + Math.sign(distance) * Math.min(Math.abs(distance), reach) };
}

/** Gives each side half the margin at least and takes from what is more; then centre and width follow from two quantiles. */
function betweenBorders(
  low: number,
  high: number,
  { centre, stretch }: Marginal,
  deviation: number,
  margin: number,
): Marginal {
  const below = normalCdf((low - centre) / (stretch * deviation));
  const above = normalCdf((centre - high) / (stretch * deviation));
  if (Math.min(below, above) >= margin / 2) return { centre, stretch };
  const inside = 1 - below - above;
  const [least, most] = [Math.max(below, margin / 2), Math.max(above, margin / 2)];
  const excess = (1 - least - most - inside) / (least + most + inside - 1.5 * margin);
  const lowReach = reachOf(least + excess * (least - margin / 2));
  const highReach = reachOf(most + excess * (most - margin / 2));
  return {
    centre: (low * highReach + high * lowReach) / (lowReach + highReach),
    stretch: (high - low) / ((lowReach + highReach) * deviation),
  };
}

/** How many deviations away a border is that the given share lies beyond. */
function reachOf(share: number): number {
  return normalQuantile(1 - Math.min(Math.max(share, CLEARANCE), 0.5 - CLEARANCE));
}
