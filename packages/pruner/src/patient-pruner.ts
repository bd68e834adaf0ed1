import { formatValue } from './format-value.js';
import { bestValue, isWorse } from './learning-curve.js';
import { nonNegative, resolveOptions, wholeNumber } from './option-rules.js';
import { KEEP, type PruneDecision, type Pruner, type PrunerContext } from './pruner.js';

export interface PatientOptions {
  /** The last `patience + 1` reports are compared with those before them. */
  readonly patience: number;
  /** By how much the recent best may be worse than the earlier best; in units of the reported value. */
  readonly minDelta: number;
}

/** Optuna 5.0.0, `PatientPruner.__init__`. */
const PATIENT_DEFAULTS: Partial<PatientOptions> = Object.freeze({ minDelta: 0 });

export const PATIENT_RULES = {
  patience: wholeNumber('patience', 0),
  minDelta: nonNegative('delta'),
};

/**
 * Asks `wrapped` only about a trial that has got worse: the best of its last `patience + 1` reports is worse than the
 * best before them by more than `minDelta`. Without a wrapped pruner such a trial is stopped. NaN values are ignored; a
 * side with nothing else keeps the trial.
 * @throws {PrunerError} `BAD_OPTION`, `UNKNOWN_OPTION`
 * @see Optuna 5.0.0, `PatientPruner`
 */
export function patientPruner(
  wrapped: Pruner | null,
  options: Pick<PatientOptions, 'patience'> & Partial<PatientOptions>,
): Pruner {
  const resolved = resolveOptions<PatientOptions>('patient', PATIENT_RULES, PATIENT_DEFAULTS, options);
  return Object.freeze({
    name: 'patient',
    settings: Object.freeze({ name: 'patient', ...resolved, wrapped: wrapped?.settings ?? null }),
    decide: (context: PrunerContext) => decidePatiently(context, resolved, wrapped),
  });
}

function decidePatiently(context: PrunerContext, options: PatientOptions, wrapped: Pruner | null): PruneDecision {
  const { direction, trial } = context;
  const recentCount = options.patience + 1;
  // Too few reports leave nothing before the recent ones: NaN, which nothing is worse than.
  const before = bestValue(direction, trial.reports.slice(0, -recentCount));
  const after = bestValue(direction, trial.reports.slice(-recentCount));
  const tolerated = direction === 'minimize' ? before + options.minDelta : before - options.minDelta;
  if (!isWorse(direction, after, tolerated)) return KEEP;
  if (wrapped !== null) return wrapped.decide(context);
  return {
    prune: true,
    reason: `best of the last ${recentCount} reports ${formatValue(after)} is worse than ${formatValue(before)} before them`,
  };
}
