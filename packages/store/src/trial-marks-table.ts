import { changedMarks, hasMarks, type MarkChange, NO_MARKS, StoreError, type TrialMarks } from '@assay/study';
import { readJson, writeJson } from './json-text.js';
import type { SqlSession } from './sql-database.js';

/** SQLite joins in the order of a CROSS JOIN: from the few marks, not from all trials. */
const READ_MARKS = `SELECT t.trial_id AS id, m.tags_json AS tags, m.ignored FROM assay_marks m CROSS JOIN trials t
  WHERE t.trial_id = m.trial_id AND t.study_id = @studyId`;

const READ_NOTES = `SELECT "key", value_json AS value FROM study_system_attributes
  WHERE study_id = @studyId AND "key" LIKE @pattern`;

const FIND_TRIAL = `SELECT t.study_id AS "studyId", t.number, m.tags_json AS tags, m.ignored
  FROM trials t LEFT JOIN assay_marks m USING (trial_id) WHERE t.trial_id = @trialId`;

const DROP_MARKS = 'DELETE FROM assay_marks WHERE trial_id = @trialId';

const ADD_MARKS = 'INSERT INTO assay_marks (trial_id, tags_json, ignored) VALUES (@trialId, @tags, @ignored)';

const DROP_NOTE = `DELETE FROM study_system_attributes WHERE study_id = @studyId AND "key" LIKE @pattern`;

const READ_NOTE_VERSION = `SELECT value_json AS version FROM study_system_attributes
  WHERE study_id = @studyId AND "key" = @key`;

const SET_STUDY_ATTRIBUTE = `INSERT INTO study_system_attributes (study_id, "key", value_json)
  VALUES (@studyId, @key, @value) ON CONFLICT (study_id, "key") DO UPDATE SET value_json = excluded.value_json`;

/**
 * A study's marks, by the trials' ids. Tags, and who is ignored, are in a table of ours; notes are only where optuna-dashboard
 * keeps them, among the study's attributes, so that either shows what was written in the other.
 */
export async function readMarks(db: SqlSession, studyId: number): Promise<ReadonlyMap<number, TrialMarks>> {
  const marks = new Map<number, TrialMarks>();
  for (const row of await db.all<MarksRow & { readonly id: number }>(READ_MARKS, { studyId })) {
    marks.set(row.id, marksOf(row, null));
  }
  for (const [id, note] of await readNotes(db, studyId, '%')) marks.set(id, { ...(marks.get(id) ?? NO_MARKS), note });
  return marks;
}

/** The same by the trials' numbers. */
export async function readNumberedMarks(db: SqlSession, studyId: number): Promise<ReadonlyMap<number, TrialMarks>> {
  const numbered = new Map<number, TrialMarks>();
  for (const [trialId, marks] of await readMarks(db, studyId)) {
    const trial = await db.get<TrialRow>(FIND_TRIAL, { trialId });
    if (trial?.studyId === studyId) numbered.set(trial.number, marks);
  }
  return numbered;
}

/** Inside of `write`. @throws {StoreError} `TRIAL_NOT_FOUND` */
export async function markTrial(db: SqlSession, trialId: number, change: MarkChange): Promise<TrialMarks> {
  await db.lock('trial', trialId);
  const row = await db.get<TrialRow>(FIND_TRIAL, { trialId });
  if (row === undefined) throw new StoreError('TRIAL_NOT_FOUND', `${db.url} has no trial with id ${trialId}`);
  const note = (await readNotes(db, row.studyId, String(trialId))).get(trialId) ?? null;
  const marks = changedMarks(marksOf(row, note), change);
  await db.run(DROP_MARKS, { trialId });
  if (hasMarks({ ...marks, note: null })) {
    await db.run(ADD_MARKS, { trialId, tags: writeJson(marks.tags, 'a tag'), ignored: marks.ignored ? 1 : 0 });
  }
  if (marks.note !== note) await writeNote(db, row.studyId, trialId, marks.note ?? '');
  return marks;
}

interface MarksRow {
  readonly tags: string | null;
  readonly ignored: number | null;
}

interface TrialRow extends MarksRow {
  readonly studyId: number;
  readonly number: number;
}

function marksOf({ tags, ignored }: MarksRow, note: string | null): TrialMarks {
  return { note, tags: tags === null ? [] : (readJson(tags) as readonly string[]), ignored: ignored === 1 };
}

const NOTE_CHUNK = /^dashboard:(\d+):note_str:(\d+)$/;

/** Notes by the ids of their trials; none that is empty. @param trial an id, or `%` for all */
async function readNotes(db: SqlSession, studyId: number, trial: string): Promise<ReadonlyMap<number, string>> {
  const pattern = `dashboard:${trial}:note_str:%`;
  const chunks = new Map<number, string[]>();
  for (const { key, value } of await db.all<{ key: string; value: string }>(READ_NOTES, { studyId, pattern })) {
    const [, id, at] = NOTE_CHUNK.exec(key) ?? [];
    if (id === undefined) continue;
    const ofTrial = chunks.get(Number(id)) ?? [];
    chunks.set(Number(id), ofTrial);
    ofTrial[Number(at)] = String(readJson(value));
  }
  const notes = [...chunks].map(([id, texts]) => [id, texts.join('')] as const);
  return new Map(notes.filter(([, text]) => text !== ''));
}

/** The longest text that optuna-dashboard puts in one attribute, in code points. */
const CHUNK = 2_045;

/** In chunks, with a version that grows, as optuna-dashboard does. */
async function writeNote(db: SqlSession, studyId: number, trialId: number, note: string): Promise<void> {
  const prefix = `dashboard:${trialId}:note_`;
  await db.run(DROP_NOTE, { studyId, pattern: `${prefix}str:%` });
  const set = (key: string, value: string | number): Promise<number> =>
    db.run(SET_STUDY_ATTRIBUTE, { studyId, key: `${prefix}${key}`, value: writeJson(value, 'a note') });
  const row = await db.get<{ version: string }>(READ_NOTE_VERSION, { studyId, key: `${prefix}ver` });
  await set('ver', (row === undefined ? 0 : (readJson(row.version) as number)) + 1);
  const points = [...note];
  for (let i = 0; i * CHUNK < points.length; i++) {
    await set(`str:${i}`, points.slice(i * CHUNK, (i + 1) * CHUNK).join(''));
  }
}
