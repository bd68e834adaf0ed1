import type { SqlDialect } from './sql-dialect.js';
import { CREATE_PRIVATE_TABLES, UPGRADE_1 } from './sqlite-private-schema.js';
import { CREATE_OPTUNA_TABLES } from './sqlite-schema.js';

const NOW_MS = `CAST(round(unixepoch('now', 'subsec') * 1000) AS INTEGER)`;

/** Ids are explicit: SQLite would give the newest row's id, once that is deleted, to the next one. */
export const SQLITE: SqlDialect = {
  nowMs: NOW_MS,
  silentMs: `${NOW_MS} - o.renewed_ms`,
  addStudy: `INSERT INTO studies (study_id, study_name)
  SELECT 1 + max(study_id, (SELECT coalesce(max(study_id), 0) FROM studies)), @name
  FROM assay_high_water RETURNING study_id AS id`,
  addTrial: `INSERT INTO trials (trial_id, number, study_id, state, datetime_start)
  SELECT 1 + max(trial_id, (SELECT coalesce(max(trial_id), 0) FROM trials)),
    (SELECT coalesce(max(number) + 1, 0) FROM trials WHERE study_id = @studyId), @studyId, @state, @start
  FROM assay_high_water RETURNING trial_id AS id, number`,
  takingTrials: '',
  listTables: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  createOptunaTables: CREATE_OPTUNA_TABLES,
  createPrivateTables: CREATE_PRIVATE_TABLES,
  upgrades: { 1: UPGRADE_1 },
  // Kept by triggers: counting a million rows would take a tenth of a second, with every claim.
  countTrials: 'SELECT state, trials FROM assay_counts WHERE study_id = @studyId',
};
