import type { Json, ParamValues, SearchSpace } from '@assay/space';
import type { EnqueuedTrial, TrialEnding, TrialRecord } from '@assay/study';
import { readJson, writeJson } from './json-text.js';
import { requireName } from './name-limit.js';
import { type OrderedValues, orderedValues, type ParamRow, toFixedParams, toParamRows } from './param-codec.js';
import type { SqlSession, SqlValue } from './sql-database.js';
import { toStoredNumber } from './stored-number.js';
import { toStoredTime } from './stored-time.js';
import { type StoredState, toStoredState } from './trial-state.js';
import * as sql from './trial-statements.js';

type Report = TrialRecord['reports'][number];

/** The rows of trials; every function here runs inside of `write`. */
export async function addTrial(
  db: SqlSession,
  studyId: number,
  state: StoredState,
  start: string | null,
): Promise<AddedTrial> {
  await db.lock('study', studyId); // two trials must not get one number
  return (await db.get<AddedTrial>(db.dialect.addTrial, { studyId, state, start }))!;
}

/** Adds a trial that waits with these parameters. */
export async function addWaiting(
  db: SqlSession,
  studyId: number,
  { params, attributes = {} }: EnqueuedTrial,
  ordered: OrderedValues,
): Promise<AddedTrial> {
  const added = await addTrial(db, studyId, 'WAITING', null);
  await setSystemAttribute(db, added.id, 'fixed_params', toFixedParams(params, ordered));
  await setUserAttributes(db, added.id, attributes);
  return added;
}

export interface AddedTrial {
  readonly id: number;
  readonly number: number;
}

export async function addParams(db: SqlSession, trialId: number, suggested: Suggested): Promise<void> {
  await db.run(sql.DROP_PARAMS, { trialId }); // a retry was given its first attempt's
  await addParamRows(db, trialId, toParamRows(suggested.params, suggested.space));
  await db.run(sql.NOTE_SUGGESTION, { trialId, ...suggestionColumns(suggested) });
}

/** What a trial is to run with, and what the sampler noted with it. */
export interface Suggested {
  readonly params: ParamValues;
  readonly space: SearchSpace;
  readonly note: Json | null;
}

/** A new trial's lease and draw, and its parameters where they are known already. */
export async function addLeased(
  db: SqlSession,
  { trialId, ownerId, draw }: { readonly trialId: number; readonly ownerId: number; readonly draw: number },
  suggested: Suggested | null,
): Promise<void> {
  if (suggested !== null) await addParamRows(db, trialId, toParamRows(suggested.params, suggested.space));
  const columns = suggested === null ? NOT_SUGGESTED : { hasParams: 1, ...suggestionColumns(suggested) };
  await db.run(sql.ADD_LEASED, { trialId, ownerId, draw, ...columns });
}

const NOT_SUGGESTED = { hasParams: 0, params: null, note: null, ordered: null } as const;

function suggestionColumns({ params, space, note }: Suggested): Record<'params' | 'note' | 'ordered', string | null> {
  const ordered = orderedValues(space);
  return {
    params: writeJson(params, 'a parameter'),
    note: note === null ? null : writeJson(note, "the sampler's note"),
    ordered: Object.keys(ordered).length === 0 ? null : writeJson(ordered, 'an ordered parameter'),
  };
}

export function addParamRows(db: SqlSession, trialId: number, rows: readonly ParamRow[]): Promise<void> {
  const values = rows.map(({ name, value, distribution }) => {
    return [trialId, requireName(name, 'a parameter'), value, distribution];
  });
  return addRows(db, sql.ADD_PARAMS, values);
}

export function addReports(db: SqlSession, trialId: number, reports: readonly Report[]): Promise<void> {
  const rows = reports.map(({ step, value: number }) => {
    const { value, type } = toStoredNumber(number);
    return [trialId, step, value, type];
  });
  return addRows(db, sql.ADD_REPORTS, rows);
}

/** @param rows their values in the order of the statements' columns */
async function addRows(
  db: SqlSession,
  statements: sql.RowStatements,
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += sql.MOST_ROWS) {
    const some = rows.slice(from, from + sql.MOST_ROWS);
    await db.run(statements[some.length]!, some.flat());
  }
}

export async function setUserAttributes(
  db: SqlSession,
  trialId: number,
  attributes: Readonly<Record<string, Json>>,
  nan: 'refuse' | 'bare' = 'refuse',
): Promise<void> {
  for (const [name, attribute] of Object.entries(attributes)) {
    const [key, value] = [requireName(name, 'an attribute'), writeJson(attribute, `attribute ${name}`, nan)];
    await db.run(sql.SET_USER_ATTRIBUTE, { trialId, key, value });
  }
}

export async function setSystemAttribute(
  db: SqlSession,
  trialId: number,
  key: string,
  value: Json,
  nan: 'refuse' | 'bare' = 'refuse',
): Promise<void> {
  await db.run(sql.SET_SYSTEM_ATTRIBUTE, { trialId, key, value: writeJson(value, key, nan) });
}

export async function addResults(db: SqlSession, trialId: number, ending: TrialEnding): Promise<void> {
  for (const [objective, number] of ending.values.entries()) {
    await db.run(sql.ADD_VALUE, { trialId, objective, ...toStoredNumber(number) });
  }
  await addReports(db, trialId, ending.reports ?? []);
  if (ending.constraints !== undefined) await setSystemAttribute(db, trialId, 'constraints', ending.constraints);
  await setUserAttributes(db, trialId, ending.attributes ?? {});
}

export async function markFinished(
  db: SqlSession,
  trialId: number,
  { state, values, end, resources }: TrialEnding,
  objectives: number,
): Promise<void> {
  await db.run(sql.FINISH_TRIAL, { trialId, state: toStoredState(state, objectives), end: toStoredTime(Date.now()) });
  const { reason = null, message = null, stack = null } = end ?? {};
  await db.run(sql.NOTE_END, {
    trialId,
    reason,
    message: withoutNul(message),
    stack: withoutNul(stack),
    values: writeJson(values, 'a value'),
    resources: resources === undefined ? null : JSON.stringify(resources),
  });
}

/** PostgreSQL stores no NUL, and what an error says is no reason to lose its trial. */
function withoutNul(text: string | null): string | null {
  return text?.replaceAll('\0', '\uFFFD') ?? null;
}

/** Enqueues a failed trial's configuration again, with the history that Optuna's retry callback writes. */
export async function addRetry(db: SqlSession, failed: AddedTrial & { readonly studyId: number }): Promise<void> {
  const { id } = await addTrial(db, failed.studyId, 'WAITING', null);
  const copy = { from: failed.id, to: id };
  await db.run(sql.COPY_PARAMS, copy);
  await db.run(sql.COPY_USER_ATTRIBUTES, copy);
  await db.run(sql.COPY_SYSTEM_ATTRIBUTES, copy);
  await db.run(sql.COPY_SUGGESTION, copy);
  const history = [...(await retryHistory(db, failed.id)), failed.number];
  await setSystemAttribute(db, id, 'failed_trial', history[0]!);
  await setSystemAttribute(db, id, 'retry_history', history);
}

/** How many of the trial's earlier attempts ended because their process died. */
export async function countProcessDeaths(db: SqlSession, trialId: number, studyId: number): Promise<number> {
  let deaths = 0;
  for (const number of await retryHistory(db, trialId)) {
    const end = await db.get<{ reason: string | null }>(sql.READ_END_REASON, { studyId, number });
    if (end?.reason === 'process-died') deaths += 1;
  }
  return deaths;
}

/** The numbers of the failed attempts before this trial, oldest first. */
async function retryHistory(db: SqlSession, trialId: number): Promise<readonly number[]> {
  const row = await db.get<{ history: string }>(sql.READ_RETRY_HISTORY, { trialId });
  return row === undefined ? [] : (readJson(row.history) as readonly number[]);
}
