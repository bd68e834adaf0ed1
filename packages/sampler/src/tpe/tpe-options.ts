import { numberWithin, type OptionRules, oneOf, resolveOptions, wholeNumber } from '../option-rules.js';
import type { WidthOptions } from './kernel-widths.js';
import type { WeightRule } from './trial-weights.js';

export interface TpeOptions extends WidthOptions {
  /** Finished trials before the model is used. */
  readonly startup: number;
  /** How the trials before that are chosen. */
  readonly start: 'sobol' | 'random';
  /** Points drawn from the good density, of which the best is taken. */
  readonly candidates: number;
  /** The share of the finished trials that counts as good, and the most that may. */
  readonly gamma: number;
  readonly maxGood: number;
  /** `improvement` weighs the good trials by it and the bad ones alike. */
  readonly weights: WeightRule;
  /** The prior's weight, in observations of average weight. */
  readonly priorWeight: number;
}

/**
 * The setup recommended by Watanabe 2023 (arXiv:2304.11127: gamma, weights, neighbours, minimum widths) with
 * Optuna's startup and a space-filling start.
 */
export const TPE_DEFAULTS: TpeOptions = Object.freeze({
  startup: 10,
  start: 'sobol',
  candidates: 24,
  gamma: 0.15,
  maxGood: 25,
  weights: 'improvement',
  priorWeight: 1,
  neighbours: 'all',
  minWidth: 0.03,
  minWidthExponent: 2,
});

const TPE_RULES: OptionRules<TpeOptions> = {
  startup: wholeNumber(1),
  start: oneOf('sobol', 'random'),
  candidates: wholeNumber(1),
  gamma: numberWithin(0, 1),
  maxGood: wholeNumber(1),
  weights: oneOf('improvement', 'recency', 'uniform'),
  priorWeight: numberWithin(1e-6, 1e6),
  neighbours: oneOf('all', 'observations'),
  minWidth: numberWithin(1e-6, 1),
  minWidthExponent: numberWithin(0, 100),
};

/** @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION` */
export function resolveTpeOptions(options: Partial<TpeOptions>): TpeOptions {
  return resolveOptions('tpe', TPE_RULES, TPE_DEFAULTS, options);
}
