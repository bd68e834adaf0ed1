import { importanceOf, type ParameterImportance } from '@assay/analysis';
import type { SearchSpace } from '@assay/space';
import type { TrialRecord } from '@assay/study';
import type { Objective } from '../data/objectives.js';
import type { Target } from './chart-view.js';

/** How much each parameter matters for the target, most important first. */
export function weighedParameters(
  space: SearchSpace,
  ended: readonly TrialRecord[],
  target: Target,
  objectives: readonly Objective[],
): readonly ParameterImportance[] {
  const directions = objectives.map(({ direction }) => direction);
  const options = target.kind === 'objective' ? { objective: target.objective.index } : {};
  return importanceOf(space, ended, directions, options);
}
