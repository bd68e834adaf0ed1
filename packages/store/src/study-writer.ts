import type { Json } from '@assay/space';
import type { ImportedStudy, StudyAttributes, StudyDefinition } from '@assay/study';
import { StoreError } from '@assay/study';
import { readJson, writeJson } from './json-text.js';
import { requireName } from './name-limit.js';
import type { SqlSession } from './sql-database.js';
import {
  ADD_DEFINITION,
  ADD_DIRECTION,
  ADD_PRIOR,
  ADD_STUDY_ATTRIBUTE,
  ADD_STUDY_USER_ATTRIBUTE,
  CHANGE_DEFINITION,
  FIND_STUDY_BY_NAME,
  READ_DEFINITION,
} from './study-statements.js';

const STORED_DIRECTIONS = { minimize: 'MINIMIZE', maximize: 'MAXIMIZE' } as const;

/** Optuna's own attribute, and the one that its dashboards in the browser and in VS Code read. */
export const METRIC_NAME_KEYS = ['study:metric_names', 'dashboard:objective_names'] as const;

/** Inside of `write`. A study without a definition, another tool's, stays without. */
export async function changeDefinition(
  db: SqlSession,
  studyId: number,
  changes: Partial<StudyDefinition>,
): Promise<void> {
  await db.lock('study', studyId);
  const { definition } = (await db.get<{ definition: string | null }>(READ_DEFINITION, { studyId }))!;
  if (definition === null) return;
  const changed = { ...(readJson(definition) as object), ...changes } as Json;
  await db.run(CHANGE_DEFINITION, { studyId, definition: writeJson(changed, "the study's definition") });
}

/** Inside of `write`. Returns the study's id. @throws {StoreError} `STUDY_EXISTS`, `INVALID_VALUE` */
export async function addStudy(
  db: SqlSession,
  { name, directions, metrics, definition, createdMs, prior = [], attributes }: ImportedStudy,
): Promise<number> {
  if ((await db.get(FIND_STUDY_BY_NAME, { name: requireName(name, 'a study') })) !== undefined) {
    throw nameTaken(db, name);
  }
  const { id: studyId } = (await db.get<{ id: number }>(db.dialect.addStudy, { name }))!;
  for (const [objective, direction] of directions.entries()) {
    await db.run(ADD_DIRECTION, { studyId, objective, direction: STORED_DIRECTIONS[direction] });
  }
  if (metrics.length > 0) {
    const value = writeJson(metrics, 'a metric');
    for (const key of METRIC_NAME_KEYS) await db.run(ADD_STUDY_ATTRIBUTE, { studyId, key, value });
  }
  if (definition !== null || createdMs !== null) {
    const text = definition === null ? null : writeJson(definition as unknown as Json, "the study's definition");
    await db.run(ADD_DEFINITION, { studyId, definition: text, createdMs });
  }
  if (prior.length > 0) {
    await db.run(ADD_PRIOR, { studyId, prior: writeJson(prior as unknown as Json, 'the prior') });
  }
  if (attributes !== undefined) await addAttributes(db, studyId, attributes);
  return studyId;
}

async function addAttributes(db: SqlSession, studyId: number, { user, system }: StudyAttributes): Promise<void> {
  for (const [statement, attributes] of [
    [ADD_STUDY_USER_ATTRIBUTE, user],
    [ADD_STUDY_ATTRIBUTE, system],
  ] as const) {
    for (const [key, attribute] of Object.entries(attributes)) {
      const value = writeJson(attribute, `attribute ${key}`, 'bare');
      await db.run(statement, { studyId, key: requireName(key, 'an attribute'), value });
    }
  }
}

export function nameTaken({ url }: SqlSession, name: string): StoreError {
  return new StoreError(
    'STUDY_EXISTS',
    `${url} has a study named ${JSON.stringify(name)} already; resume that one, or take another name`,
  );
}
