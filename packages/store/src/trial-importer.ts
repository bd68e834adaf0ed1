import type { Json } from '@assay/space';
import {
  LATE_RESULT,
  requireDistributions,
  requireImportable,
  type StoredDistribution,
  type StudyRecord,
  type TrialRecord,
} from '@assay/study';
import { writeJson } from './json-text.js';
import { type OrderedValues, toFixedParams, toParamRow } from './param-codec.js';
import type { SqlSession } from './sql-database.js';
import { toStoredNumber } from './stored-number.js';
import { toStoredTime } from './stored-time.js';
import { markTrial } from './trial-marks-table.js';
import { toStoredState } from './trial-state.js';
import * as sql from './trial-statements.js';
import { addParamRows, addReports, addTrial, setSystemAttribute, setUserAttributes } from './trial-writer.js';

const COUNT_NUMBERS = `SELECT coalesce(max(number) + 1, 0) AS next FROM trials WHERE study_id = @studyId`;

const END_IMPORTED = 'UPDATE trials SET datetime_complete = @end WHERE trial_id = @trialId';

const NOTE_IMPORTED = `INSERT INTO assay_trials (trial_id, draw, has_params, params_json, values_json, note_json, ordered_json,
    end_reason, end_message, end_stack, late_result_json, resources_json)
  VALUES (@trialId, @draw, @hasParams, @params, @values, @note, @ordered, @reason, @message, @stack, @late, @resources)`;

/** Draws go on behind those that were taken over. */
const RAISE_DRAW = `INSERT INTO assay_studies (study_id, next_draw) VALUES (@studyId, @next) ON CONFLICT (study_id)
  DO UPDATE SET next_draw = CASE WHEN assay_studies.next_draw < @next THEN @next ELSE assay_studies.next_draw END`;

/** Inside of `write`. @throws {StoreError} `INVALID_VALUE` */
export async function importTrials(db: SqlSession, study: StudyRecord, trials: readonly TrialRecord[]): Promise<void> {
  await db.lock('study', study.id);
  const { next } = (await db.get<{ next: number }>(COUNT_NUMBERS, { studyId: study.id }))!;
  for (const [at, trial] of trials.entries()) {
    requireImportable(trial, next + at, study.directions.length);
    await importTrial(db, study, trial);
  }
  const draw = Math.max(...trials.map((trial) => trial.draw ?? -1));
  if (draw >= 0) await db.run(RAISE_DRAW, { studyId: study.id, next: draw + 1 });
}

async function importTrial(db: SqlSession, study: StudyRecord, trial: TrialRecord): Promise<void> {
  const state = toStoredState(trial.state, study.directions.length);
  const { id } = await addTrial(db, study.id, state, storedTime(trial.startedMs));
  if (trial.finishedMs !== null) await db.run(END_IMPORTED, { trialId: id, end: toStoredTime(trial.finishedMs) });
  await addConfiguration(db, id, trial, requireDistributions(trial, study.definition?.space ?? []));
  await addResults(db, id, trial);
  await addAttributes(db, id, trial);
  if (trial.marks !== undefined) {
    const { note, tags, ignored } = trial.marks;
    await markTrial(db, id, { note, addTags: tags, ignored });
  }
}

type Distributions = Readonly<Record<string, StoredDistribution>>;

/** Parameters that nothing describes are what is fixed for a waiting trial. */
async function addConfiguration(
  db: SqlSession,
  trialId: number,
  trial: TrialRecord,
  distributions: Distributions,
): Promise<void> {
  const entries = Object.entries(trial.params);
  const described = entries.filter(([name]) => Object.hasOwn(distributions, name));
  const fixed = entries.filter(([name]) => !Object.hasOwn(distributions, name));
  const rows = described.map(([name, value]) => toParamRow(name, value, distributions[name]!));
  await addParamRows(db, trialId, rows);
  const ordered = orderedOf(distributions);
  if (trial.state === 'waiting' && trial.retryOf === null) {
    await setSystemAttribute(db, trialId, 'fixed_params', toFixedParams(Object.fromEntries(fixed), ordered));
  }
  const isWhole = fixed.length === 0 && !entries.some(([, value]) => Number.isNaN(value));
  const { [LATE_RESULT]: late } = trial.attributes;
  const { reason = null, message = null, stack = null } = trial.end ?? {};
  await db.run(NOTE_IMPORTED, {
    ...{ trialId, draw: trial.draw, hasParams: trial.state === 'waiting' ? 0 : 1, reason, message, stack },
    params: isWhole ? writeJson(trial.params, 'a parameter') : null,
    values: trial.state === 'waiting' ? null : writeJson(trial.values, 'a value'),
    note: textOf(trial.note, "the sampler's note"),
    ordered: Object.keys(ordered).length === 0 ? null : writeJson(ordered, 'an ordered parameter'),
    resources: trial.resources === undefined ? null : JSON.stringify(trial.resources),
    late: late === undefined ? null : writeJson(late, 'a late result'),
  });
}

function orderedOf(distributions: Distributions): OrderedValues {
  return Object.fromEntries(
    Object.entries(distributions).flatMap(([name, distribution]) =>
      distribution.kind === 'ordered' ? [[name, distribution.values]] : [],
    ),
  );
}

async function addResults(db: SqlSession, trialId: number, { values, reports }: TrialRecord): Promise<void> {
  for (const [objective, number] of values.entries()) {
    await db.run(sql.ADD_VALUE, { trialId, objective, ...toStoredNumber(number) });
  }
  await addReports(db, trialId, reports);
}

async function addAttributes(db: SqlSession, trialId: number, trial: TrialRecord): Promise<void> {
  const { [LATE_RESULT]: _, ...attributes } = trial.attributes;
  await setUserAttributes(db, trialId, attributes, 'bare');
  for (const [key, value] of Object.entries(systemAttributes(trial))) {
    await setSystemAttribute(db, trialId, key, value, 'bare');
  }
}

function systemAttributes({ constraints, rungs, retryOf, system = {} }: TrialRecord): Readonly<Record<string, Json>> {
  return {
    ...(constraints.length > 0 && { constraints }),
    ...Object.fromEntries(rungs.map((value, k) => [`completed_rung_${k}`, value])),
    ...(retryOf !== null && { failed_trial: retryOf, retry_history: [retryOf] }),
    ...system,
  };
}

function textOf(value: Json, subject: string): string | null {
  return value === null ? null : writeJson(value, subject);
}

function storedTime(unixMs: number | null): string | null {
  return unixMs === null ? null : toStoredTime(unixMs);
}
