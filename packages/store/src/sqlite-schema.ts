import {
  OPTUNA_LIBRARY_VERSION,
  OPTUNA_REVISION,
  OPTUNA_SCHEMA_VERSION,
  PRIVATE_SCHEMA_VERSION,
} from './schema-versions.js';

/** Optuna's tables as its own SQLAlchemy models create them on SQLite, and the two version rows. */
export const CREATE_OPTUNA_TABLES = `
CREATE TABLE IF NOT EXISTS alembic_version (
  version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE IF NOT EXISTS version_info (
  version_info_id INTEGER NOT NULL PRIMARY KEY CHECK (version_info_id = 1),
  schema_version INTEGER,
  library_version VARCHAR(256)
);
CREATE TABLE IF NOT EXISTS studies (
  study_id INTEGER NOT NULL PRIMARY KEY,
  study_name VARCHAR(512) NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS ix_studies_study_name ON studies (study_name);
CREATE TABLE IF NOT EXISTS study_directions (
  study_direction_id INTEGER NOT NULL PRIMARY KEY,
  direction VARCHAR(8) NOT NULL,
  study_id INTEGER NOT NULL REFERENCES studies (study_id),
  objective INTEGER NOT NULL,
  UNIQUE (study_id, objective)
);
CREATE TABLE IF NOT EXISTS study_user_attributes (
  study_user_attribute_id INTEGER NOT NULL PRIMARY KEY,
  study_id INTEGER REFERENCES studies (study_id),
  "key" VARCHAR(512),
  value_json TEXT,
  UNIQUE (study_id, "key")
);
CREATE TABLE IF NOT EXISTS study_system_attributes (
  study_system_attribute_id INTEGER NOT NULL PRIMARY KEY,
  study_id INTEGER REFERENCES studies (study_id),
  "key" VARCHAR(512),
  value_json TEXT,
  UNIQUE (study_id, "key")
);
CREATE TABLE IF NOT EXISTS trials (
  trial_id INTEGER NOT NULL PRIMARY KEY,
  number INTEGER,
  study_id INTEGER REFERENCES studies (study_id),
  state VARCHAR(8) NOT NULL,
  datetime_start DATETIME,
  datetime_complete DATETIME
);
CREATE INDEX IF NOT EXISTS ix_trials_study_id ON trials (study_id);
CREATE TABLE IF NOT EXISTS trial_user_attributes (
  trial_user_attribute_id INTEGER NOT NULL PRIMARY KEY,
  trial_id INTEGER REFERENCES trials (trial_id),
  "key" VARCHAR(512),
  value_json TEXT,
  UNIQUE (trial_id, "key")
);
CREATE TABLE IF NOT EXISTS trial_system_attributes (
  trial_system_attribute_id INTEGER NOT NULL PRIMARY KEY,
  trial_id INTEGER REFERENCES trials (trial_id),
  "key" VARCHAR(512),
  value_json TEXT,
  UNIQUE (trial_id, "key")
);
CREATE TABLE IF NOT EXISTS trial_params (
  param_id INTEGER NOT NULL PRIMARY KEY,
  trial_id INTEGER REFERENCES trials (trial_id),
  param_name VARCHAR(512),
  param_value FLOAT,
  distribution_json TEXT,
  UNIQUE (trial_id, param_name)
);
CREATE TABLE IF NOT EXISTS trial_values (
  trial_value_id INTEGER NOT NULL PRIMARY KEY,
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id),
  objective INTEGER NOT NULL,
  value FLOAT,
  value_type VARCHAR(7) NOT NULL,
  UNIQUE (trial_id, objective)
);
CREATE TABLE IF NOT EXISTS trial_intermediate_values (
  trial_intermediate_value_id INTEGER NOT NULL PRIMARY KEY,
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id),
  step INTEGER NOT NULL,
  intermediate_value FLOAT,
  intermediate_value_type VARCHAR(7) NOT NULL,
  UNIQUE (trial_id, step)
);
CREATE TABLE IF NOT EXISTS trial_heartbeats (
  trial_heartbeat_id INTEGER NOT NULL PRIMARY KEY,
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id),
  heartbeat DATETIME NOT NULL,
  UNIQUE (trial_id)
);
INSERT INTO version_info (version_info_id, schema_version, library_version)
  SELECT 1, ${OPTUNA_SCHEMA_VERSION}, '${OPTUNA_LIBRARY_VERSION}' WHERE NOT EXISTS (SELECT 1 FROM version_info);
INSERT INTO alembic_version (version_num)
  SELECT '${OPTUNA_REVISION}' WHERE NOT EXISTS (SELECT 1 FROM alembic_version);
`;

/**
 * What Optuna's tables cannot say. The triggers fire for Optuna's deletions too: a new study that gets a deleted one's id
 * must not inherit its rows, and our own ids only grow.
 */
export const CREATE_PRIVATE_TABLES = `
CREATE TABLE IF NOT EXISTS assay_version (version INTEGER NOT NULL);
INSERT INTO assay_version (version) SELECT ${PRIVATE_SCHEMA_VERSION} WHERE NOT EXISTS (SELECT 1 FROM assay_version);
CREATE TABLE IF NOT EXISTS assay_high_water (study_id INTEGER NOT NULL, trial_id INTEGER NOT NULL);
INSERT INTO assay_high_water (study_id, trial_id) SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM assay_high_water);
CREATE TABLE IF NOT EXISTS assay_studies (
  study_id INTEGER NOT NULL PRIMARY KEY,
  definition_json TEXT,
  created_ms INTEGER,
  next_draw INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS assay_owners (
  owner_id INTEGER NOT NULL PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  pid_space TEXT,
  process_start TEXT,
  renewed_ms INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS assay_trials (
  trial_id INTEGER NOT NULL PRIMARY KEY,
  owner_id INTEGER,
  draw INTEGER,
  has_params INTEGER NOT NULL DEFAULT 0,
  note_json TEXT,
  ordered_json TEXT,
  end_reason TEXT,
  end_message TEXT,
  end_stack TEXT,
  late_result_json TEXT
);
CREATE TABLE IF NOT EXISTS assay_priors (study_id INTEGER NOT NULL PRIMARY KEY, prior_json TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS assay_ix_trials_number ON trials (study_id, number);
CREATE INDEX IF NOT EXISTS assay_ix_trials_state ON trials (study_id, state);
CREATE TRIGGER IF NOT EXISTS assay_study_deleted AFTER DELETE ON studies BEGIN
  DELETE FROM assay_studies WHERE study_id = old.study_id;
  UPDATE assay_high_water SET study_id = max(study_id, old.study_id);
END;
CREATE TRIGGER IF NOT EXISTS assay_prior_deleted AFTER DELETE ON studies BEGIN
  DELETE FROM assay_priors WHERE study_id = old.study_id;
END;
CREATE TRIGGER IF NOT EXISTS assay_trial_deleted AFTER DELETE ON trials BEGIN
  DELETE FROM assay_trials WHERE trial_id = old.trial_id;
  UPDATE assay_high_water SET trial_id = max(trial_id, old.trial_id);
END;
`;
