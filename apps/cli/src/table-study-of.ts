import type { StudySpec } from '@assay/study';
import type { TableStudySpec } from 'assay';
import { CliError } from './cli-error.js';

/**
 * The study as one on a table, which `train`, `predict` and `data prepare` need.
 * @throws {CliError} `NOT_A_TABLE_STUDY`
 */
export function tableStudyOf(spec: StudySpec<unknown, unknown>): TableStudySpec<unknown> {
  if ('table' in spec) return spec as TableStudySpec<unknown>;
  throw new CliError(
    'NOT_A_TABLE_STUDY',
    `Study '${spec.name}' has an objective of its own, so there is no table to prepare and no model to train.`,
    `assay best ${spec.name} --format json  gives its best parameters to your own training.`,
  );
}
