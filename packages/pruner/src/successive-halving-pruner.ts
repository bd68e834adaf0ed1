import { firstCompleteRun } from './learning-curve.js';
import { resolveOptions, resource, wholeNumber } from './option-rules.js';
import { KEEP, type PruneDecision, type Pruner, type PrunerContext } from './pruner.js';
import { PrunerError } from './pruner-error.js';
import { climbRungs } from './rung-race.js';

export interface SuccessiveHalvingOptions {
  /** The step of the first rung; 'auto' is a hundredth of the first complete trial's last step, at least 1. */
  readonly minResource: number | 'auto';
  /** Eta: about one of so many trials is promoted, and each rung lies so many times farther than the one before. */
  readonly reductionFactor: number;
  /** How many of the lowest rungs are left out. */
  readonly minEarlyStoppingRate: number;
  /** A rung promotes nobody until more than so many trials have completed it. */
  readonly bootstrapCount: number;
}

/** Optuna 5.0.0, `SuccessiveHalvingPruner.__init__`. */
const SUCCESSIVE_HALVING_DEFAULTS: SuccessiveHalvingOptions = Object.freeze({
  minResource: 'auto',
  reductionFactor: 4,
  minEarlyStoppingRate: 0,
  bootstrapCount: 0,
});

export const SUCCESSIVE_HALVING_RULES = {
  minResource: resource('min'),
  reductionFactor: wholeNumber('eta', 2),
  minEarlyStoppingRate: wholeNumber('rate', 0),
  bootstrapCount: wholeNumber('bootstrap', 0),
};

/**
 * Asynchronous successive halving (ASHA): at each rung only about the best `1 / reductionFactor` of the trials seen
 * there so far go on. With `minResource: 'auto'` nothing is stopped before a trial is complete.
 * @throws {PrunerError} `BAD_OPTION`, `UNKNOWN_OPTION`
 * @see Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning"; Optuna 5.0.0, `SuccessiveHalvingPruner`
 */
export function successiveHalvingPruner(options: Partial<SuccessiveHalvingOptions> = {}): Pruner {
  const resolved = resolveOptions('asha', SUCCESSIVE_HALVING_RULES, SUCCESSIVE_HALVING_DEFAULTS, options);
  if (resolved.bootstrapCount > 0 && resolved.minResource === 'auto') {
    throw new PrunerError(
      'BAD_OPTION',
      `Pruner asha: bootstrapCount ${resolved.bootstrapCount} needs a minResource in steps, got 'auto'`,
    );
  }
  return Object.freeze({
    name: 'asha',
    settings: Object.freeze({ name: 'asha', ...resolved }),
    decide: (context: PrunerContext) => decideByRungs(context, resolved),
  });
}

function decideByRungs({ direction, trial, trials }: PrunerContext, options: SuccessiveHalvingOptions): PruneDecision {
  const minResource = options.minResource === 'auto' ? hundredthOf(firstCompleteRun(trials)) : options.minResource;
  return minResource === undefined ? KEEP : climbRungs({ ...options, direction, minResource }, trial, trials);
}

function hundredthOf(lastStep: number | undefined): number | undefined {
  return lastStep === undefined ? undefined : Math.max(1, Math.floor(lastStep / 100));
}
