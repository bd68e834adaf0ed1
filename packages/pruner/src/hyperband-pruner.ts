import { type BracketScale, bracketBudgets, bracketOf } from './hyperband-brackets.js';
import { firstCompleteRun, type LearningCurve } from './learning-curve.js';
import { resolveOptions, resource, wholeNumber } from './option-rules.js';
import { KEEP, type PruneDecision, type Pruner, type PrunerContext } from './pruner.js';
import { PrunerError } from './pruner-error.js';
import { climbRungs } from './rung-race.js';

export interface HyperbandOptions {
  /** The step of the first rung of the strictest bracket. */
  readonly minResource: number;
  /** The steps of a whole trial; 'auto' is the first complete trial's last step plus one. */
  readonly maxResource: number | 'auto';
  /** Eta: about one of so many trials is promoted, and each rung lies so many times farther than the one before. */
  readonly reductionFactor: number;
  /** A rung promotes nobody until more than so many trials of the bracket have completed it. */
  readonly bootstrapCount: number;
}

/** Optuna 5.0.0, `HyperbandPruner.__init__`. */
const HYPERBAND_DEFAULTS: HyperbandOptions = Object.freeze({
  minResource: 1,
  maxResource: 'auto',
  reductionFactor: 3,
  bootstrapCount: 0,
});

export const HYPERBAND_RULES = {
  minResource: wholeNumber('min', 1),
  maxResource: resource('max'),
  reductionFactor: wholeNumber('eta', 2),
  bootstrapCount: wholeNumber('bootstrap', 0),
};

/**
 * Several brackets of asynchronous successive halving side by side, bracket b with its first rung at
 * `minResource * reductionFactor ** b`; a trial competes within its bracket only. With `maxResource: 'auto'` nothing is
 * stopped before a trial is complete.
 * @throws {PrunerError} `BAD_OPTION` (also for `maxResource` below `minResource`), `UNKNOWN_OPTION`
 * @see Li et al. 2018, "Hyperband"; Optuna 5.0.0, `HyperbandPruner`
 */
export function hyperbandPruner(options: Partial<HyperbandOptions> = {}): Pruner {
  const resolved = resolveOptions('hyperband', HYPERBAND_RULES, HYPERBAND_DEFAULTS, options);
  const { minResource, maxResource, bootstrapCount } = resolved;
  if (bootstrapCount > 0 && maxResource === 'auto') {
    const message = `Pruner hyperband: bootstrapCount ${bootstrapCount} needs a maxResource in steps, got 'auto'`;
    throw new PrunerError('BAD_OPTION', message);
  }
  if (maxResource !== 'auto' && maxResource < minResource) {
    const message = `Pruner hyperband: maxResource must be at least minResource, got ${maxResource} and ${minResource}`;
    throw new PrunerError('BAD_OPTION', message);
  }
  return Object.freeze({
    name: 'hyperband',
    settings: Object.freeze({ name: 'hyperband', ...resolved }),
    decide: (context: PrunerContext) => decideInBracket(context, resolved),
  });
}

function decideInBracket(context: PrunerContext, options: HyperbandOptions): PruneDecision {
  const scale = resolveScale(options, context.trials);
  const budgets = scale === null ? [] : bracketBudgets(scale);
  if (budgets.length === 0) return KEEP;
  const bracketOfTrial = ({ number }: LearningCurve): number => bracketOf(context.studyName, number, budgets);
  const bracket = bracketOfTrial(context.trial);
  const rivals = context.trials.filter((other) => other.rungs.length > 0 && bracketOfTrial(other) === bracket);
  const { direction, trial } = context;
  return climbRungs({ ...options, direction, minEarlyStoppingRate: bracket }, trial, rivals);
}

function resolveScale(options: HyperbandOptions, trials: readonly LearningCurve[]): BracketScale | null {
  if (options.maxResource !== 'auto') return { ...options, maxResource: options.maxResource };
  const lastStep = firstCompleteRun(trials);
  return lastStep === undefined ? null : { ...options, maxResource: lastStep + 1 };
}
