import { type OptionRule, type OptionRules, resolveOptions, wholeNumber } from '../option-rules.js';

export interface GpOptions {
  /** Finished trials before the model is used; `auto` takes it from the number of parameters. */
  readonly startup: number | 'auto';
  /** The most observations that the model holds: its cost grows with their cube. */
  readonly observations: number;
}

/** 500 observations take about as long as a user waits for a suggestion without wondering. */
export const GP_DEFAULTS: GpOptions = Object.freeze({ startup: 'auto', observations: 500 });

const START_RULE: OptionRule = {
  expected: 'auto or a whole number of at least 2',
  accepts: (value) => value === 'auto' || wholeNumber(2).accepts(value),
};

const GP_RULES: OptionRules<GpOptions> = { startup: START_RULE, observations: wholeNumber(10) };

/** @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION` */
export function resolveGpOptions(options: Partial<GpOptions>): GpOptions {
  return resolveOptions('gp', GP_RULES, GP_DEFAULTS, options);
}
