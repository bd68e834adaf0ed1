import { numberWithin, type OptionRules, resolveOptions, wholeNumber } from '../option-rules.js';

export interface CmaEsOptions {
  /** Samples in a generation of the first run; null for 4 + 3 ln(dimensions). */
  readonly population: number | null;
  /** The deviation at the start, as a share of each parameter's range. */
  readonly sigma: number;
}

/** The population of Hansen's tutorial (arXiv:1604.00772, equation 48), the sigma of Optuna's CmaEsSampler. */
export const CMA_ES_DEFAULTS: CmaEsOptions = Object.freeze({ population: null, sigma: 1 / 6 });

const CMA_ES_RULES: OptionRules<CmaEsOptions> = {
  population: {
    expected: `${wholeNumber(4).expected}, or null`,
    accepts: (value) => value === null || wholeNumber(4).accepts(value),
  },
  sigma: numberWithin(1e-3, 1),
};

/** @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION` */
export function resolveCmaEsOptions(options: Partial<CmaEsOptions>): CmaEsOptions {
  return resolveOptions('cma-es', CMA_ES_RULES, CMA_ES_DEFAULTS, options);
}
