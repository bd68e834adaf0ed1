import { CREATE_PRIVATE_TABLES } from './postgres-private-schema.js';
import { CREATE_OPTUNA_TABLES } from './postgres-schema.js';
import type { SqlDialect } from './sql-dialect.js';

const msOf = (moment: string): string => `CAST(floor(extract(epoch FROM ${moment}) * 1000) AS BIGINT)`;

/** Not `now()`, which is when the transaction began: it may have waited for a lock since. */
const NOW_MS = msOf('clock_timestamp()');

/** Ids come from the tables' sequences, as Optuna's do: they never come back. */
export const POSTGRES: SqlDialect = {
  nowMs: NOW_MS,
  // While the server was down nobody could give a sign of life.
  silentMs: `${NOW_MS} - greatest(o.renewed_ms, ${msOf('pg_postmaster_start_time()')})`,
  addStudy: 'INSERT INTO studies (study_name) VALUES (@name) RETURNING study_id AS id',
  // With the study locked, a study's ids grow with its numbers.
  addTrial: `INSERT INTO trials (number, study_id, state, datetime_start)
  SELECT coalesce(max(number) + 1, 0), CAST(@studyId AS INTEGER), CAST(@state AS trialstate), CAST(@start AS TIMESTAMP)
  FROM trials WHERE study_id = @studyId RETURNING trial_id AS id, number`,
  takingTrials: 'FOR UPDATE OF t SKIP LOCKED',
  listTables:
    'SELECT tablename AS name FROM pg_catalog.pg_tables WHERE schemaname = current_schema() ORDER BY tablename',
  createOptunaTables: CREATE_OPTUNA_TABLES,
  createPrivateTables: CREATE_PRIVATE_TABLES,
  upgrades: {}, // version 2 is the first there is
  countTrials: 'SELECT state, CAST(count(*) AS INTEGER) AS trials FROM trials WHERE study_id = @studyId GROUP BY state',
};
