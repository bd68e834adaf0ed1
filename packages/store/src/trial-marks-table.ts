import { changedMarks, hasMarks, type MarkChange, NO_MARKS, StoreError, type TrialMarks } from '@assay/study';
import { readJson, writeJson } from './json-text.js';
import type { SqlSession } from './sql-database.js';

const COLUMNS = 'm.note, m.tags_json AS tags, m.ignored';

/** SQLite joins in the order of a CROSS JOIN: from the few marks, not from all trials. */
const READ_MARKS = `SELECT t.trial_id AS id, t.number, ${COLUMNS} FROM assay_marks m CROSS JOIN trials t
  WHERE t.trial_id = m.trial_id AND t.study_id = @studyId ORDER BY t.number`;

const FIND_TRIAL = `SELECT t.study_id AS "studyId", ${COLUMNS} FROM trials t LEFT JOIN assay_marks m USING (trial_id)
  WHERE t.trial_id = @trialId`;

const DROP_MARKS = 'DELETE FROM assay_marks WHERE trial_id = @trialId';

const ADD_MARKS = `INSERT INTO assay_marks (trial_id, note, tags_json, ignored)
  VALUES (@trialId, @note, @tags, @ignored)`;

const DROP_DASHBOARD_NOTE = `DELETE FROM study_system_attributes WHERE study_id = @studyId AND "key" LIKE @pattern`;

const READ_DASHBOARD_VERSION = `SELECT value_json AS version FROM study_system_attributes
  WHERE study_id = @studyId AND "key" = @key`;

const SET_STUDY_ATTRIBUTE = `INSERT INTO study_system_attributes (study_id, "key", value_json)
  VALUES (@studyId, @key, @value) ON CONFLICT (study_id, "key") DO UPDATE SET value_json = excluded.value_json`;

interface MarksRow {
  readonly note: string | null;
  readonly tags: string | null;
  readonly ignored: number | null;
}

/** A study's marks, by trial number, each with its trial's id. */
export async function readMarks(db: SqlSession, studyId: number): Promise<readonly MarkedTrial[]> {
  const rows = await db.all<MarksRow & { readonly id: number; readonly number: number }>(READ_MARKS, { studyId });
  return rows.map((row) => ({ id: row.id, number: row.number, marks: marksOf(row) }));
}

export interface MarkedTrial {
  readonly id: number;
  readonly number: number;
  readonly marks: TrialMarks;
}

/** Inside of `write`. @throws {StoreError} `TRIAL_NOT_FOUND` */
export async function markTrial(db: SqlSession, trialId: number, change: MarkChange): Promise<TrialMarks> {
  await db.lock('trial', trialId);
  const row = await db.get<MarksRow & { readonly studyId: number }>(FIND_TRIAL, { trialId });
  if (row === undefined) throw new StoreError('TRIAL_NOT_FOUND', `${db.url} has no trial with id ${trialId}`);
  const before = marksOf(row);
  const marks = changedMarks(before, change);
  await db.run(DROP_MARKS, { trialId });
  if (hasMarks(marks)) {
    const tags = writeJson(marks.tags, 'a tag');
    await db.run(ADD_MARKS, { trialId, note: marks.note, tags, ignored: marks.ignored ? 1 : 0 });
  }
  if (marks.note !== before.note) await showNote(db, row.studyId, trialId, marks.note ?? '');
  return marks;
}

function marksOf({ note, tags, ignored }: MarksRow): TrialMarks {
  return tags === null ? NO_MARKS : { note, tags: readJson(tags) as readonly string[], ignored: ignored === 1 };
}

/** The longest text that optuna-dashboard puts in one attribute, in code points. */
const CHUNK = 2_045;

/** Writes a note where optuna-dashboard looks for it: among the study's attributes, in chunks, with a version that grows. */
async function showNote(db: SqlSession, studyId: number, trialId: number, note: string): Promise<void> {
  const prefix = `dashboard:${trialId}:note_`;
  await db.run(DROP_DASHBOARD_NOTE, { studyId, pattern: `${prefix}str:%` });
  const set = (key: string, value: string | number): Promise<number> =>
    db.run(SET_STUDY_ATTRIBUTE, { studyId, key: `${prefix}${key}`, value: writeJson(value, 'a note') });
  const row = await db.get<{ version: string }>(READ_DASHBOARD_VERSION, { studyId, key: `${prefix}ver` });
  await set('ver', (row === undefined ? 0 : (readJson(row.version) as number)) + 1);
  const points = [...note];
  for (let i = 0; i * CHUNK < points.length; i++) {
    await set(`str:${i}`, points.slice(i * CHUNK, (i + 1) * CHUNK).join(''));
  }
}
