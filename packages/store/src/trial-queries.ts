import type { StoredState } from './trial-state.js';

/** Reading trials: one query for each table, for all trials of a study from a number on, or for one trial. */

const COLUMNS = `t.trial_id, t.number, t.state, t.datetime_start, t.datetime_complete, a.draw, a.note_json, a.ordered_json,
  a.end_reason, a.end_message, a.end_stack, a.late_result_json,
  a.params_json, a.values_json, a.resources_json`;

export interface TrialQueries {
  readonly trials: string;
  readonly params: string;
  /** Only of trials whose own row does not tell them: other tools', and those of earlier versions. */
  readonly missingParams: string;
  readonly missingValues: string;
  readonly reports: string;
  readonly userAttributes: string;
  readonly systemAttributes: string;
}

export type TrialRow = readonly [
  trialId: number,
  number: number,
  state: StoredState,
  start: string | null,
  complete: string | null,
  draw: number | null,
  note: string | null,
  ordered: string | null,
  endReason: string | null,
  endMessage: string | null,
  endStack: string | null,
  lateResult: string | null,
  params: string | null,
  values: string | null,
  resources: string | null,
];
export type ParamRow = readonly [trialId: number, name: string, value: number, distribution: string];
export type NumberRow = readonly [trialId: number, position: number, value: number | null, type: string];
export type AttributeRow = readonly [trialId: number, key: string, value: string];

/** Parameters and attributes in the order they were written; values by objective, reports by step. */
function queries(where: string): TrialQueries {
  const trials = 'trials t LEFT JOIN assay_trials a USING (trial_id)';
  const of = (columns: string, table: string, order: string, also = ''): string =>
    `SELECT x.trial_id, ${columns} FROM ${trials} JOIN ${table} x ON x.trial_id = t.trial_id
      WHERE ${where} ${also} ORDER BY ${order}`;
  const params = ['x.param_name, x.param_value, x.distribution_json', 'trial_params', 't.number, x.param_id'] as const;
  return {
    trials: `SELECT ${COLUMNS} FROM ${trials} WHERE ${where} ORDER BY t.number`,
    params: of(...params),
    missingParams: of(...params, 'AND a.params_json IS NULL'),
    missingValues: of(
      'x.objective, x.value, x.value_type',
      'trial_values',
      't.number, x.objective',
      'AND a.values_json IS NULL',
    ),
    reports: of(
      'x.step, x.intermediate_value, x.intermediate_value_type',
      'trial_intermediate_values',
      't.number, x.step',
    ),
    userAttributes: of('x."key", x.value_json', 'trial_user_attributes', 't.number, x.trial_user_attribute_id'),
    systemAttributes: of('x."key", x.value_json', 'trial_system_attributes', 't.number, x.trial_system_attribute_id'),
  };
}

/** Takes `@studyId`, and `@from` and `@to`, the first and the last number. */
export const TRIALS_BETWEEN = queries('t.study_id = @studyId AND t.number BETWEEN @from AND @to');

/** No trial has a greater number: what PostgreSQL's integers hold. */
export const LAST_NUMBER = 2 ** 31 - 1;

/** Takes `@trialId`. */
export const ONE_TRIAL = queries('t.trial_id = @trialId');

/** How many trials `TRIALS_AMONG` takes: half a page of a table. */
export const AMONG = 25;

/** Takes `@id0` to `@id24`; a trial that is named twice comes once. */
export const TRIALS_AMONG = queries(`t.trial_id IN (${Array.from({ length: AMONG }, (_, i) => `@id${i}`).join(', ')})`);
