import type { StudySpec } from '@assay/study';
import type { TableStudySpec } from 'assay';
import { CliError } from './cli-error.js';
import { commandName, shellQuoted } from './command-style.js';

/**
 * The study as one on a table, which `train`, `predict` and `data prepare` need.
 * @param best the command that prints what somebody else's training may take
 * @throws {CliError} `NOT_A_TABLE_STUDY`
 */
export function tableStudyOf(
  spec: StudySpec<unknown, unknown>,
  best = `${commandName()} best ${shellQuoted(spec.name)} --format json`,
): TableStudySpec<unknown> {
  if ('table' in spec) return spec as TableStudySpec<unknown>;
  throw new CliError(
    'NOT_A_TABLE_STUDY',
    `Study '${spec.name}' has an objective of its own, so there is no table to prepare and no model to train.`,
    `${best}  gives its best parameters to your own training.`,
  );
}
