import { show } from './checked-distribution.js';
import type { Distribution, Scalar } from './distribution.js';

/** How far from a step's grid, in steps, a float still counts as on it (Optuna's `FloatDistribution._contains`). */
const GRID_TOLERANCE = 1e-8;

/** Whether the parameter can take the value. A float with a step may lie 1e-8 of a step beside its grid, as in Optuna. */
export function contains(distribution: Distribution, value: unknown): boolean {
  switch (distribution.kind) {
    case 'float': {
      if (typeof value !== 'number' || !(value >= distribution.low && value <= distribution.high)) return false;
      if (distribution.step === null) return true;
      const steps = (value - distribution.low) / distribution.step;
      return Math.abs(steps - Math.round(steps)) < GRID_TOLERANCE;
    }
    case 'int': {
      const { low, high, step } = distribution;
      return (
        Number.isSafeInteger(value) && isWithin(value as number, low, high) && ((value as number) - low) % step === 0
      );
    }
    case 'categorical':
      return distribution.choices.includes(value as Scalar);
    case 'ordered':
      return distribution.values.includes(value as Scalar);
  }
}

function isWithin(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

/** How many values the parameter can take: Infinity for a float range without a step, 1 when it is pinned. */
export function cardinality(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'float':
      if (distribution.low === distribution.high) return 1;
      if (distribution.step === null) return Number.POSITIVE_INFINITY;
      return Math.round((distribution.high - distribution.low) / distribution.step) + 1;
    case 'int':
      return (distribution.high - distribution.low) / distribution.step + 1;
    case 'categorical':
      return distribution.choices.length;
    case 'ordered':
      return distribution.values.length;
  }
}

/** The values a parameter can take, in words: `a whole number in [16, 256]`, `one of "relu", "elu"`. */
export function describeDistribution(distribution: Distribution): string {
  switch (distribution.kind) {
    case 'float': {
      const step = distribution.step === null ? '' : ` in steps of ${distribution.step}`;
      return `a number in [${distribution.low}, ${distribution.high}]${step}`;
    }
    case 'int': {
      const step = distribution.step === 1 ? '' : ` in steps of ${distribution.step}`;
      return `a whole number in [${distribution.low}, ${distribution.high}]${step}`;
    }
    case 'categorical':
      return `one of ${distribution.choices.map(show).join(', ')}`;
    case 'ordered':
      return `one of ${distribution.values.map(show).join(', ')}`;
  }
}
