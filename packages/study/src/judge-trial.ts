import type { LearningCurve, PruneDecision, Pruner } from '@assay/pruner';
import { isFeasible } from './best-trials.js';
import { reportedObjective } from './reported-objective.js';
import type { StudyRecord } from './study-store.js';
import type { TrialRecord } from './trial-record.js';
import type { TrialView } from './trial-view.js';

/**
 * Asks the pruner about a running trial. It sees each configuration once, by its latest attempt, and numbered as in an
 * undisturbed run: a retry's rungs do not compete with those of its own first attempt, and a killed process changes no
 * trial's Hyperband bracket. Without retries these are the trials' numbers, as Optuna deals them. Of several objectives it
 * judges the one that reports are of; where nobody said which, no trial is pruned.
 */
export function judgeTrial(pruner: Pruner, study: StudyRecord, trial: TrialRecord, view: TrialView): PruneDecision {
  const objective = reportedObjective(study);
  const direction = objective === null ? undefined : study.directions[objective];
  if (objective === null || direction === undefined) return { prune: false };
  const curves = latestCurves(view, objective);
  curves.delete(view.placeOf(trial));
  const own = { ...trial, number: view.placeOf(trial), state: 'running', value: null } as const;
  return pruner.decide({ studyName: study.name, direction, trial: own, trials: [...curves.values()] });
}

function latestCurves(view: TrialView, objective: number): Map<number, LearningCurve> {
  const curves = new Map<number, LearningCurve>();
  for (const trial of view.counted) {
    const number = view.placeOf(trial);
    if (trial.state === 'waiting') curves.delete(number);
    else
      curves.set(number, {
        number,
        state: trial.state,
        reports: trial.reports,
        rungs: trial.rungs,
        value: finalValue(trial, objective),
      });
  }
  return curves;
}

function finalValue(trial: TrialRecord, objective: number): number | null {
  return trial.state === 'complete' && isFeasible(trial) ? trial.values[objective]! : null;
}
