import { importanceOf, observedSpace, type ParameterImportance } from '@assay/analysis';
import type { SearchSpace } from '@assay/space';
import type { TrialRecord } from '@assay/study';
import type { Objective } from '../data/objectives.js';
import type { Target } from './chart-view.js';

/**
 * How much each parameter matters for the target, most important first.
 * @param space empty where the study stores none: then as the trials show it
 */
export function weighedParameters(
  space: SearchSpace,
  ended: readonly TrialRecord[],
  target: Target,
  objectives: readonly Objective[],
): readonly ParameterImportance[] {
  const directions = objectives.map(({ direction }) => direction);
  const options = target.kind === 'objective' ? { objective: target.objective.index } : {};
  const known = space.length > 0 ? space : observedSpace(ended);
  return importanceOf(known, ended, directions, options);
}
