import { numberWithin, type OptionRules, oneOf, resolveOptions, wholeNumber } from '../option-rules.js';
import type { KernelOptions } from './kernel-options.js';

export interface TpeOptions extends KernelOptions {
  /** Finished trials before the model is used. */
  readonly startup: number;
  /** How the trials before that are chosen. */
  readonly start: 'sobol' | 'random';
  /** Points drawn around the good trials, of which the best is taken. */
  readonly candidates: number;
  /** The chance that a candidate's coordinate comes from another good trial than its first one. */
  readonly crossover: number;
  /** The share of the finished trials that counts as good, and the most that may. */
  readonly gamma: number;
  readonly maxGood: number;
}

/**
 * Startup, candidates and the prior's weight are Optuna's, gamma and the least width those that Watanabe 2023
 * (arXiv:2304.11127) recommends; crossover and tail are measured (TPE.md).
 */
export const TPE_DEFAULTS: TpeOptions = Object.freeze({
  startup: 10,
  start: 'sobol',
  candidates: 24,
  crossover: 0.75,
  gamma: 0.15,
  maxGood: 25,
  minWidth: 0.03,
  tail: 0.1,
  priorWeight: 1,
});

const TPE_RULES: OptionRules<TpeOptions> = {
  startup: wholeNumber(1),
  start: oneOf('sobol', 'random'),
  candidates: wholeNumber(1),
  crossover: numberWithin(0, 1),
  gamma: numberWithin(0, 1),
  maxGood: wholeNumber(1),
  minWidth: numberWithin(1e-6, 1),
  tail: numberWithin(0, 1),
  priorWeight: numberWithin(1e-6, 1e6),
};

/** @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION` */
export function resolveTpeOptions(options: Partial<TpeOptions>): TpeOptions {
  return resolveOptions('tpe', TPE_RULES, TPE_DEFAULTS, options);
}
