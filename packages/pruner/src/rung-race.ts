import { formatValue } from './format-value.js';
import { type Direction, isWorse, type LearningCurve } from './learning-curve.js';
import { KEEP, type PruneDecision } from './pruner.js';

/** One bracket of asynchronous successive halving. Rung r lies at step `minResource * reductionFactor ** (rate + r)`. */
export interface RungRace {
  readonly direction: Direction;
  readonly minResource: number;
  readonly reductionFactor: number;
  /** How many of the lowest rungs the bracket leaves out. */
  readonly minEarlyStoppingRate: number;
  /** A rung that so few trials or fewer have completed, the judged one included, promotes nobody. */
  readonly bootstrapCount: number;
}

/**
 * Lets the trial climb every rung that its newest report has reached, and stops it at the first one where it is not
 * among the best `floor(n / reductionFactor)` (at least one; ties count) of the n values stored there, its own included.
 * Competitors count in every state. A NaN at a rung stops the trial and is not stored.
 * @see Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning" (ASHA); Optuna 5.0.0, `SuccessiveHalvingPruner`
 */
export function climbRungs(race: RungRace, trial: LearningCurve, competitors: readonly LearningCurve[]): PruneDecision {
  const last = trial.reports.at(-1);
  if (last === undefined) return KEEP;
  const { step, value } = last;
  const rungs = [...trial.rungs];
  while (step >= rungStep(race, rungs.length)) {
    if (Number.isNaN(value)) return { prune: true, reason: `the value at step ${step} is NaN` };
    const rung = rungs.length;
    rungs.push(value);
    const refusal = refusePromotion(race, value, valuesAtRung(competitors, rung));
    if (refusal !== null) return { prune: true, rungs, reason: `${refusal} at rung ${rung}, step ${step}` };
  }
  return rungs.length === trial.rungs.length ? KEEP : { prune: false, rungs };
}

function rungStep({ minResource, reductionFactor, minEarlyStoppingRate }: RungRace, rung: number): number {
  return minResource * reductionFactor ** (minEarlyStoppingRate + rung);
}

function valuesAtRung(competitors: readonly LearningCurve[], rung: number): readonly number[] {
  return competitors.map(({ rungs }) => rungs[rung]).filter((value) => value !== undefined);
}

/** Why the value is not promoted; null when it is. */
function refusePromotion(race: RungRace, value: number, others: readonly number[]): string | null {
  const count = others.length + 1;
  if (count <= race.bootstrapCount) return `only ${count} of more than ${race.bootstrapCount} trials needed`;
  const places = Math.max(1, Math.floor(count / race.reductionFactor));
  const better = others.filter((other) => isWorse(race.direction, value, other)).length;
  return better < places ? null : `value ${formatValue(value)} is not among the best ${places} of ${count}`;
}
