import { resolveOptions } from './option-rules.js';
import {
  COMPARISON_DEFAULTS,
  COMPARISON_RULES,
  type ComparisonOptions,
  compareWithPercentile,
} from './percentile-pruner.js';
import type { Pruner, PrunerContext } from './pruner.js';

/**
 * Stops a trial whose best value so far is strictly worse than the median of the complete trials' values at the same step.
 * @throws {PrunerError} `BAD_OPTION`, `UNKNOWN_OPTION`
 * @see Golovin et al. 2017, "Google Vizier", section 3.2; Optuna 5.0.0, `MedianPruner`
 */
export function medianPruner(options: Partial<ComparisonOptions> = {}): Pruner {
  const resolved = resolveOptions<ComparisonOptions>('median', COMPARISON_RULES, COMPARISON_DEFAULTS, options);
  const percentileOptions = { percentile: 50, ...resolved };
  return Object.freeze({
    name: 'median',
    settings: Object.freeze({ name: 'median', ...resolved }),
    decide: (context: PrunerContext) => compareWithPercentile(context, percentileOptions),
  });
}
