import { afterSteps } from './decimal.js';
import type { Distribution, Scalar } from './distribution.js';

/** An interval of the model-unit axis, low <= high. */
export interface ModelRange {
  readonly low: number;
  readonly high: number;
}

/**
 * A value as the number that samplers calculate with: the number itself, its natural logarithm in a log range,
 * the position of a categorical or ordered value (-1 when it is none of them).
 */
export function toModel(distribution: Distribution, value: Scalar): number {
  switch (distribution.kind) {
    case 'float':
    case 'int':
      return distribution.log ? Math.log(value as number) : (value as number);
    case 'categorical':
      return distribution.choices.indexOf(value);
    case 'ordered':
      return distribution.values.indexOf(value);
  }
}

/** The parameter's value nearest to a number in model units; numbers beyond the range give its first or last value. */
export function fromModel(distribution: Distribution, x: number): Scalar {
  switch (distribution.kind) {
    case 'float': {
      const { low, high, log, step } = distribution;
      if (step === null) return clamp(log ? Math.exp(x) : x, low, high);
      const last = Math.round((high - low) / step);
      return afterSteps(low, step, BigInt(clamp(Math.round((x - low) / step), 0, last)));
    }
    case 'int': {
      const { low, high, log, step } = distribution;
      const steps = Math.round(((log ? Math.exp(x) : x) - low) / step);
      return clamp(low + steps * step, low, high);
    }
    case 'categorical':
      return nearest(distribution.choices, x);
    case 'ordered':
      return nearest(distribution.values, x);
  }
}

/**
 * The parameter's range in model units. Where values are discrete it reaches half a step beyond the first and the last
 * (before the logarithm), so that each value owns an interval and a uniform draw rounds to each alike.
 */
export function modelRange(distribution: Distribution): ModelRange {
  switch (distribution.kind) {
    case 'float':
    case 'int': {
      const margin = (distribution.step ?? 0) / 2;
      const low = distribution.low - margin;
      const high = distribution.high + margin;
      return distribution.log ? { low: Math.log(low), high: Math.log(high) } : { low, high };
    }
    case 'categorical':
      return { low: -0.5, high: distribution.choices.length - 0.5 };
    case 'ordered':
      return { low: -0.5, high: distribution.values.length - 0.5 };
  }
}

function nearest(scalars: readonly Scalar[], x: number): Scalar {
  return scalars[clamp(Math.round(x), 0, scalars.length - 1)]!;
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
