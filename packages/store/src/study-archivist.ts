import type { Json } from '@assay/space';
import { newNames, type StudyAttributes, type StudyRecord, studyInUse } from '@assay/study';
import { readJson } from './json-text.js';
import { requireName } from './name-limit.js';
import type { SqlSession } from './sql-database.js';
import type { StudyReader } from './study-reader.js';
import { changeDefinition, METRIC_NAME_KEYS, nameTaken } from './study-writer.js';
import { COUNT_LEASED } from './trial-statements.js';

const RENAME_STUDY = 'UPDATE studies SET study_name = @name WHERE study_id = @studyId';

const READ_USER_ATTRIBUTES = `SELECT "key", value_json AS value FROM study_user_attributes
  WHERE study_id = @studyId ORDER BY study_user_attribute_id`;

const READ_SYSTEM_ATTRIBUTES = `SELECT "key", value_json AS value FROM study_system_attributes
  WHERE study_id = @studyId ORDER BY study_system_attribute_id`;

/** Children first: other databases than SQLite insist on it. */
const OF_TRIALS = [
  'trial_values',
  'trial_intermediate_values',
  'trial_params',
  'trial_user_attributes',
  'trial_system_attributes',
  'trial_heartbeats',
  'assay_marks',
  'assay_trials',
];
const OF_STUDY = [
  'trials',
  'study_directions',
  'study_user_attributes',
  'study_system_attributes',
  'assay_priors',
  'assay_studies',
  'studies',
];
const DELETE_STUDY = [
  ...OF_TRIALS.map(
    (table) => `DELETE FROM ${table} WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = @studyId)`,
  ),
  ...OF_STUDY.map((table) => `DELETE FROM ${table} WHERE study_id = @studyId`),
];

/** Inside of `write`. @throws {StoreError} `STUDY_EXISTS`, `INVALID_VALUE` */
export async function renameStudy(
  db: SqlSession,
  reader: StudyReader,
  study: StudyRecord,
  name: string,
): Promise<void> {
  for (const { was, is } of newNames(study, name, await reader.list(db))) {
    if (was.name !== is.name && (await reader.find(db, is.name)) !== null) throw nameTaken(db, is.name);
    await db.run(RENAME_STUDY, { studyId: is.id, name: requireName(is.name, 'a study') });
    const confirms = is.definition?.confirms ?? null;
    if (confirms !== null) await changeDefinition(db, is.id, { confirms });
  }
}

/** Inside of `write`. @throws {StoreError} `STUDY_IN_USE` */
export async function deleteStudy(db: SqlSession, study: StudyRecord, force: boolean): Promise<void> {
  await db.lock('study', study.id);
  const { leased } = (await db.get<{ leased: number }>(COUNT_LEASED, { studyId: study.id }))!;
  if (leased > 0 && !force) throw studyInUse(study, leased);
  for (const statement of DELETE_STUDY) await db.run(statement, { studyId: study.id });
}

/** Without those that a study's record tells, and without those that name trials by ids, which mean nothing elsewhere. */
export async function readStudyAttributes(db: SqlSession, studyId: number): Promise<StudyAttributes> {
  const user = await db.all<AttributeRow>(READ_USER_ATTRIBUTES, { studyId });
  const system = await db.all<AttributeRow>(READ_SYSTEM_ATTRIBUTES, { studyId });
  return { user: objectOf(user), system: objectOf(system.filter(({ key }) => !isBoundToStore(key))) };
}

interface AttributeRow {
  readonly key: string;
  readonly value: string;
}

function isBoundToStore(key: string): boolean {
  return (
    METRIC_NAME_KEYS.some((name) => name === key) || /^dashboard:(artifacts:)?\d+:|:parent:\d+$|^preference:/.test(key)
  );
}

function objectOf(rows: readonly AttributeRow[]): Readonly<Record<string, Json>> {
  return Object.fromEntries(rows.map(({ key, value }) => [key, readJson(value)]));
}
