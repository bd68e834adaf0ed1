import type { Json, ParamValues, SearchSpace } from '@assay/space';
import type { EnqueuedTrial, TrialEnding } from '@assay/study';
import { readJson, writeJson } from './json-text.js';
import { requireName } from './name-limit.js';
import { type OrderedValues, orderedValues, toFixedParams, toParamRows } from './param-codec.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { toStoredNumber } from './stored-number.js';
import { toStoredTime } from './stored-time.js';
import { toStoredState } from './trial-state.js';
import * as sql from './trial-statements.js';

/** The rows of trials; every function here runs inside of `write`. */
export function addTrial(db: SqliteConnection, studyId: number, state: 'RUNNING' | 'WAITING'): AddedTrial {
  const start = state === 'RUNNING' ? toStoredTime(Date.now()) : null;
  return db.get<AddedTrial>(sql.ADD_TRIAL, { studyId, state, start })!;
}

/** Adds a trial that waits with these parameters. */
export function addWaiting(
  db: SqliteConnection,
  studyId: number,
  { params, attributes = {} }: EnqueuedTrial,
  ordered: OrderedValues,
): AddedTrial {
  const added = addTrial(db, studyId, 'WAITING');
  setSystemAttribute(db, added.id, 'fixed_params', toFixedParams(params, ordered));
  setUserAttributes(db, added.id, attributes);
  return added;
}

export interface AddedTrial {
  readonly id: number;
  readonly number: number;
}

export function addParams(
  db: SqliteConnection,
  trialId: number,
  params: ParamValues,
  space: SearchSpace,
  note: Json | null,
): void {
  db.run(sql.DROP_PARAMS, [trialId]); // a retry was given its first attempt's
  for (const { name, value, distribution } of toParamRows(params, space)) {
    db.run(sql.ADD_PARAM, [trialId, requireName(name, 'a parameter'), value, distribution]);
  }
  const ordered = orderedValues(space);
  db.run(sql.NOTE_SUGGESTION, {
    trialId,
    note: note === null ? null : writeJson(note, "the sampler's note"),
    ordered: Object.keys(ordered).length === 0 ? null : writeJson(ordered, 'an ordered parameter'),
  });
}

function setUserAttributes(db: SqliteConnection, trialId: number, attributes: Readonly<Record<string, Json>>): void {
  for (const [key, value] of Object.entries(attributes)) {
    db.run(sql.SET_USER_ATTRIBUTE, [trialId, requireName(key, 'an attribute'), writeJson(value, `attribute ${key}`)]);
  }
}

export function setSystemAttribute(db: SqliteConnection, trialId: number, key: string, value: Json): void {
  db.run(sql.SET_SYSTEM_ATTRIBUTE, [trialId, key, writeJson(value, key)]);
}

export function addResults(db: SqliteConnection, trialId: number, ending: TrialEnding): void {
  for (const [objective, number] of ending.values.entries()) {
    const { value, type } = toStoredNumber(number);
    db.run(sql.ADD_VALUE, [trialId, objective, value, type]);
  }
  if (ending.constraints !== undefined) setSystemAttribute(db, trialId, 'constraints', ending.constraints);
  setUserAttributes(db, trialId, ending.attributes ?? {});
}

export function markFinished(
  db: SqliteConnection,
  trialId: number,
  { state, end }: TrialEnding,
  objectives: number,
): void {
  db.run(sql.FINISH_TRIAL, { trialId, state: toStoredState(state, objectives), end: toStoredTime(Date.now()) });
  const { reason = null, message = null, stack = null } = end ?? {};
  db.run(sql.NOTE_END, { trialId, reason, message, stack });
}

/** Enqueues a failed trial's configuration again, with the history that Optuna's retry callback writes. */
export function addRetry(db: SqliteConnection, failed: AddedTrial & { readonly studyId: number }): void {
  const { id } = addTrial(db, failed.studyId, 'WAITING');
  const copy = { from: failed.id, to: id };
  db.run(sql.COPY_PARAMS, copy);
  db.run(sql.COPY_USER_ATTRIBUTES, copy);
  db.run(sql.COPY_SYSTEM_ATTRIBUTES, copy);
  db.run(sql.COPY_SUGGESTION, copy);
  const history = [...retryHistory(db, failed.id), failed.number];
  setSystemAttribute(db, id, 'failed_trial', history[0]!);
  setSystemAttribute(db, id, 'retry_history', history);
}

/** The numbers of the failed attempts before this trial, oldest first. */
export function retryHistory(db: SqliteConnection, trialId: number): readonly number[] {
  const row = db.get<{ history: string }>(sql.READ_RETRY_HISTORY, [trialId]);
  return row === undefined ? [] : (readJson(row.history) as readonly number[]);
}
