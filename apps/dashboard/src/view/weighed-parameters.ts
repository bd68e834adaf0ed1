import { importance, type ParameterImportance } from '@assay/analysis';
import type { SearchSpace } from '@assay/space';
import type { TrialRecord } from '@assay/study';
import { type Objective, seenBy } from '../data/objectives.js';
import type { Target } from './chart-view.js';

/** How much each parameter matters for the target, most important first. */
export function weighedParameters(
  space: SearchSpace,
  ended: readonly TrialRecord[],
  target: Target,
  objectives: readonly Objective[],
): readonly ParameterImportance[] {
  const objective = target.kind === 'objective' ? target.objective : objectives[0]!;
  return importance(space, seenBy(objective, ended), objective.direction);
}
