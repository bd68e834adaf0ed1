import type { LearningCurve, PruneDecision, Pruner } from '@assay/pruner';
import { isFeasible } from './best-trials.js';
import type { StudyRecord } from './study-store.js';
import type { TrialRecord } from './trial-record.js';
import type { TrialView } from './trial-view.js';

/**
 * Asks the pruner about a running trial. It sees each configuration once, by its latest attempt, and numbered as in an
 * undisturbed run: a retry's rungs do not compete with those of its own first attempt, and a killed process changes no
 * trial's Hyperband bracket. Without retries these are the trials' numbers, as Optuna deals them.
 */
export function judgeTrial(pruner: Pruner, study: StudyRecord, trial: TrialRecord, view: TrialView): PruneDecision {
  const [direction, ...others] = study.directions;
  if (direction === undefined || others.length > 0) return { prune: false };
  const curves = latestCurves(view);
  curves.delete(view.placeOf(trial));
  const own = { ...trial, number: view.placeOf(trial), state: 'running', value: null } as const;
  return pruner.decide({ studyName: study.name, direction, trial: own, trials: [...curves.values()] });
}

function latestCurves(view: TrialView): Map<number, LearningCurve> {
  const curves = new Map<number, LearningCurve>();
  for (const trial of view.trials) {
    const number = view.placeOf(trial);
    if (trial.state === 'waiting') curves.delete(number);
    else
      curves.set(number, {
        number,
        state: trial.state,
        reports: trial.reports,
        rungs: trial.rungs,
        value: finalValue(trial),
      });
  }
  return curves;
}

function finalValue(trial: TrialRecord): number | null {
  return trial.state === 'complete' && isFeasible(trial) ? trial.values[0]! : null;
}
