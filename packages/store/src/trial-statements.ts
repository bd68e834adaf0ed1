import type { SqlDialect } from './sql-dialect.js';

/** How a trial's state changes: one statement for each. Optuna's rules are kept: ids grow with numbers, nothing is deleted. */

export const COUNT_OBJECTIVES = 'SELECT count(*) AS objectives FROM study_directions WHERE study_id = @studyId';

/** Running trials without a lease of ours (Optuna's) do not count: nobody can say whether they live. */
export const COUNT_LEASED = `SELECT count(*) AS leased FROM trials t JOIN assay_trials a USING (trial_id)
  WHERE t.study_id = @studyId AND t.state = 'RUNNING' AND a.owner_id IS NOT NULL`;

/** A retry is as old as its first attempt; the attribute is JSON, and a plain integer. */
export const oldestWaiting = ({ takingTrials }: SqlDialect): string => `SELECT t.trial_id AS id FROM trials t
  LEFT JOIN trial_system_attributes s ON s.trial_id = t.trial_id AND s."key" = 'failed_trial'
  WHERE t.study_id = @studyId AND t.state = 'WAITING'
  ORDER BY coalesce(CAST(s.value_json AS INTEGER), t.number), t.number LIMIT 1 ${takingTrials}`;

export const START_TRIAL = `UPDATE trials SET state = 'RUNNING', datetime_start = @start
  WHERE trial_id = @trialId AND state = 'WAITING'`;

export const TAKE_DRAW = `INSERT INTO assay_studies (study_id, next_draw) VALUES (@studyId, 1)
  ON CONFLICT (study_id) DO UPDATE SET next_draw = assay_studies.next_draw + 1 RETURNING next_draw - 1 AS draw`;

export const TAKE_LEASE = `INSERT INTO assay_trials (trial_id, owner_id) VALUES (@trialId, @ownerId)
  ON CONFLICT (trial_id) DO UPDATE SET owner_id = excluded.owner_id`;

export const DROP_PARAMS = 'DELETE FROM trial_params WHERE trial_id = @trialId';

/** A server is asked once for so many rows, and a statement of each length is prepared once. */
export const MOST_ROWS = 16;

/** By the number of rows, up to `MOST_ROWS`: their values one after the other. */
export type RowStatements = readonly string[];

function rowStatements(table: string, columns: readonly string[], conflict = ''): RowStatements {
  const places = Array.from({ length: MOST_ROWS }, (_, place) => place);
  const rows = places.map((place) => `(${columns.map((column) => `@${column}_${place}`).join(', ')})`);
  const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES`;
  return [0, ...places].map((_, count) => `${insert} ${rows.slice(0, count).join(', ')} ${conflict}`);
}

export const ADD_PARAMS = rowStatements('trial_params', ['trial_id', 'param_name', 'param_value', 'distribution_json']);

/** A new trial, with its parameters where they were planned. */
export const ADD_LEASED = `INSERT INTO assay_trials (trial_id, owner_id, draw, has_params, params_json, note_json, ordered_json)
  VALUES (@trialId, @ownerId, @draw, @hasParams, @params, @note, @ordered)`;

export const NOTE_SUGGESTION = `UPDATE assay_trials SET has_params = 1, params_json = @params, note_json = @note,
  ordered_json = @ordered
  WHERE trial_id = @trialId`;

/** The first report of a step counts, as in Optuna. */
export const ADD_REPORTS = rowStatements(
  'trial_intermediate_values',
  ['trial_id', 'step', 'intermediate_value', 'intermediate_value_type'],
  'ON CONFLICT (trial_id, step) DO NOTHING',
);

export const ADD_VALUE = `INSERT INTO trial_values (trial_id, objective, value, value_type)
  VALUES (@trialId, @objective, @value, @type)`;

export const SET_USER_ATTRIBUTE = `INSERT INTO trial_user_attributes (trial_id, "key", value_json)
  VALUES (@trialId, @key, @value)
  ON CONFLICT (trial_id, "key") DO UPDATE SET value_json = excluded.value_json`;

export const SET_SYSTEM_ATTRIBUTE = `INSERT INTO trial_system_attributes (trial_id, "key", value_json)
  VALUES (@trialId, @key, @value)
  ON CONFLICT (trial_id, "key") DO UPDATE SET value_json = excluded.value_json`;

const IS_RUNG = `substr("key", 1, 15) = 'completed_rung_'`;

export const DROP_RUNGS = `DELETE FROM trial_system_attributes WHERE trial_id = @trialId AND ${IS_RUNG}`;

export const FINISH_TRIAL = `UPDATE trials SET state = @state, datetime_complete = @end
  WHERE trial_id = @trialId AND state = 'RUNNING'`;

export const NOTE_END = `UPDATE assay_trials SET owner_id = NULL, end_reason = @reason, end_message = @message,
  end_stack = @stack, values_json = @values,
  resources_json = @resources WHERE trial_id = @trialId`;

/** The trial itself is finished and, for Optuna, immutable. */
export const NOTE_LATE_RESULT = 'UPDATE assay_trials SET late_result_json = @result WHERE trial_id = @trialId';

export const COPY_PARAMS = `INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
  SELECT @to, param_name, param_value, distribution_json FROM trial_params WHERE trial_id = @from ORDER BY param_id`;

export const COPY_USER_ATTRIBUTES = `INSERT INTO trial_user_attributes (trial_id, "key", value_json)
  SELECT @to, "key", value_json FROM trial_user_attributes WHERE trial_id = @from ORDER BY trial_user_attribute_id`;

/** All but the results of the attempt, and the history that gets longer. */
export const COPY_SYSTEM_ATTRIBUTES = `INSERT INTO trial_system_attributes (trial_id, "key", value_json)
  SELECT @to, "key", value_json FROM trial_system_attributes WHERE trial_id = @from
    AND NOT ${IS_RUNG} AND substr("key", 1, 11) <> 'constraints' AND "key" <> 'retry_history'
  ORDER BY trial_system_attribute_id`;

export const COPY_SUGGESTION = `INSERT INTO assay_trials (trial_id, draw, note_json, ordered_json, params_json)
  SELECT @to, draw, note_json, ordered_json, params_json FROM assay_trials WHERE trial_id = @from`;

export const READ_RETRY_HISTORY = `SELECT value_json AS history FROM trial_system_attributes
  WHERE trial_id = @trialId AND "key" = 'retry_history'`;

export const READ_END_REASON = `SELECT a.end_reason AS reason FROM trials t JOIN assay_trials a USING (trial_id)
  WHERE t.study_id = @studyId AND t.number = @number`;
