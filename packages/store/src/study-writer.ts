import type { Json } from '@assay/space';
import type { NewStudy, StudyDefinition } from '@assay/study';
import { StoreError } from '@assay/study';
import { readJson, writeJson } from './json-text.js';
import { requireName } from './name-limit.js';
import type { SqliteConnection } from './sqlite-connection.js';
import {
  ADD_DEFINITION,
  ADD_DIRECTION,
  ADD_PRIOR,
  ADD_STUDY,
  ADD_STUDY_ATTRIBUTE,
  CHANGE_DEFINITION,
  FIND_STUDY_BY_NAME,
  READ_DEFINITION,
} from './study-statements.js';

const STORED_DIRECTIONS = { minimize: 'MINIMIZE', maximize: 'MAXIMIZE' } as const;

/** Optuna's own attribute, and the one that its dashboards in the browser and in VS Code read. */
const METRIC_NAME_KEYS = ['study:metric_names', 'dashboard:objective_names'] as const;

/** Inside of `write`. A study without a definition, another tool's, stays without. */
export function changeDefinition(db: SqliteConnection, studyId: number, changes: Partial<StudyDefinition>): void {
  const { definition } = db.get<{ definition: string | null }>(READ_DEFINITION, [studyId])!;
  if (definition === null) return;
  const changed = { ...(readJson(definition) as object), ...changes } as Json;
  db.run(CHANGE_DEFINITION, { studyId, definition: writeJson(changed, "the study's definition") });
}

/** Inside of `write`. Returns the study's id. @throws {StoreError} `STUDY_EXISTS`, `INVALID_VALUE` */
export function addStudy(
  db: SqliteConnection,
  { name, directions, metrics, definition, prior = [] }: NewStudy,
): number {
  if (db.get(FIND_STUDY_BY_NAME, [requireName(name, 'a study')]) !== undefined) {
    throw new StoreError(
      'STUDY_EXISTS',
      `${db.url} has a study named ${JSON.stringify(name)} already; resume that one`,
    );
  }
  const { id } = db.get<{ id: number }>(ADD_STUDY, { name })!;
  for (const [objective, direction] of directions.entries()) {
    db.run(ADD_DIRECTION, [STORED_DIRECTIONS[direction], id, objective]);
  }
  if (metrics.length > 0) {
    for (const key of METRIC_NAME_KEYS) db.run(ADD_STUDY_ATTRIBUTE, [id, key, writeJson(metrics, 'a metric')]);
  }
  db.run(ADD_DEFINITION, {
    studyId: id,
    definition: writeJson(definition as unknown as Json, "the study's definition"),
    createdMs: Date.now(),
  });
  if (prior.length > 0) db.run(ADD_PRIOR, [id, writeJson(prior as unknown as Json, 'the prior')]);
  return id;
}
