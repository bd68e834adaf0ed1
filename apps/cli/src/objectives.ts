import type { Direction } from '@assay/sampler';
import type { StudyRecord } from '@assay/study';
import { CliError } from './cli-error.js';

/** What a study searches for: one for each value of a trial. */
export interface Objective {
  readonly metric: string;
  readonly direction: Direction;
}

type Named = Pick<StudyRecord, 'directions' | 'metrics'>;

/** A study's objectives by name; `value`, or `value 0`, `value 1` ..., where its maker (Optuna, say) gave none. */
export function objectivesOf({ directions, metrics }: Named): readonly Objective[] {
  const unnamed = (at: number): string => (directions.length === 1 ? 'value' : `value ${at}`);
  return directions.map((direction, at) => ({ metric: metrics[at] ?? unnamed(at), direction }));
}

export function metricsOf(study: Named): readonly string[] {
  return objectivesOf(study).map(({ metric }) => metric);
}

/** `minimize error, maximize speed`. */
export function goalText(study: Named): string {
  return objectivesOf(study)
    .map(({ metric, direction }) => `${direction} ${metric}`)
    .join(', ');
}

/** Where in a trial's values a metric stands. @throws {CliError} `BAD_OPTION` */
export function objectiveNamed(study: Pick<StudyRecord, 'name'> & Named, metric: string): number {
  const metrics = metricsOf(study);
  const at = metrics.indexOf(metric);
  if (at >= 0) return at;
  throw new CliError('BAD_OPTION', `Study '${study.name}' has no metric '${metric}'; it has ${metrics.join(', ')}.`);
}
