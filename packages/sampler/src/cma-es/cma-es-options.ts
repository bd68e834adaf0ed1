import { numberWithin, type OptionRules, resolveOptions, wholeNumber } from '../option-rules.js';

export interface CmaEsOptions {
  /** Samples in a generation of the first run; null for 4 + 3 ln(dimensions). */
  readonly population: number | null;
  /** The deviation at the start, as a share of each parameter's range. */
  readonly sigma: number;
}

/** The population of Hansen's tutorial (arXiv:1604.00772, equation 48), the sigma of Optuna's CmaEsSampler. */
export const CMA_ES_DEFAULTS: CmaEsOptions = Object.freeze({ population: null, sigma: 1 / 6 });

/** More than a study waits for, and 2^9 times as many still fit into memory. */
const MOST_POPULATION = 10_000;

const CMA_ES_RULES: OptionRules<CmaEsOptions> = {
  population: {
    expected: `a whole number from 4 to ${MOST_POPULATION}, or null`,
    accepts: (value) => value === null || (wholeNumber(4).accepts(value) && (value as number) <= MOST_POPULATION),
  },
  sigma: numberWithin(1e-3, 1),
};

/** @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION` */
export function resolveCmaEsOptions(options: Partial<CmaEsOptions>): CmaEsOptions {
  return resolveOptions('cma-es', CMA_ES_RULES, CMA_ES_DEFAULTS, options);
}
