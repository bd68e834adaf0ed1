import { OPTUNA_LIBRARY_VERSION, OPTUNA_REVISION, OPTUNA_SCHEMA_VERSION } from './schema-versions.js';

/** Two processes that create the same type or table at once would fail, whatever IF NOT EXISTS says. "assa" as a number. */
const CREATION_LOCK = 0x61737361;

/** CREATE TYPE has no IF NOT EXISTS. */
function createEnum(name: string, labels: readonly string[]): string {
  return `DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typname = '${name}' AND n.nspname = current_schema())
  THEN CREATE TYPE ${name} AS ENUM (${labels.map((label) => `'${label}'`).join(', ')}); END IF;
END $$;`;
}

/** Optuna's tables as its own SQLAlchemy models create them on PostgreSQL, and the two version rows. */
export const CREATE_OPTUNA_TABLES = `
SELECT pg_advisory_xact_lock(${CREATION_LOCK});
${createEnum('studydirection', ['NOT_SET', 'MINIMIZE', 'MAXIMIZE'])}
${createEnum('trialstate', ['RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING'])}
${createEnum('trialvaluetype', ['FINITE', 'INF_POS', 'INF_NEG'])}
${createEnum('trialintermediatevaluetype', ['FINITE', 'INF_POS', 'INF_NEG', 'NAN'])}
CREATE TABLE IF NOT EXISTS alembic_version (
  version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE IF NOT EXISTS version_info (
  version_info_id INTEGER PRIMARY KEY CHECK (version_info_id = 1),
  schema_version INTEGER,
  library_version VARCHAR(256)
);
CREATE TABLE IF NOT EXISTS studies (
  study_id SERIAL PRIMARY KEY,
  study_name VARCHAR(512) NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS ix_studies_study_name ON studies (study_name);
CREATE TABLE IF NOT EXISTS study_directions (
  study_direction_id SERIAL PRIMARY KEY,
  direction studydirection NOT NULL,
  study_id INTEGER NOT NULL REFERENCES studies (study_id),
  objective INTEGER NOT NULL,
  UNIQUE (study_id, objective)
);
CREATE TABLE IF NOT EXISTS study_user_attributes (
  study_user_attribute_id SERIAL PRIMARY KEY,
  study_id INTEGER REFERENCES studies (study_id),
  key VARCHAR(512),
  value_json TEXT,
  UNIQUE (study_id, key)
);
CREATE TABLE IF NOT EXISTS study_system_attributes (
  study_system_attribute_id SERIAL PRIMARY KEY,
  study_id INTEGER REFERENCES studies (study_id),
  key VARCHAR(512),
  value_json TEXT,
  UNIQUE (study_id, key)
);
CREATE TABLE IF NOT EXISTS trials (
  trial_id SERIAL PRIMARY KEY,
  number INTEGER,
  study_id INTEGER REFERENCES studies (study_id),
  state trialstate NOT NULL,
  datetime_start TIMESTAMP WITHOUT TIME ZONE,
  datetime_complete TIMESTAMP WITHOUT TIME ZONE
);
CREATE INDEX IF NOT EXISTS ix_trials_study_id ON trials (study_id);
CREATE TABLE IF NOT EXISTS trial_user_attributes (
  trial_user_attribute_id SERIAL PRIMARY KEY,
  trial_id INTEGER REFERENCES trials (trial_id),
  key VARCHAR(512),
  value_json TEXT,
  UNIQUE (trial_id, key)
);
CREATE TABLE IF NOT EXISTS trial_system_attributes (
  trial_system_attribute_id SERIAL PRIMARY KEY,
  trial_id INTEGER REFERENCES trials (trial_id),
  key VARCHAR(512),
  value_json TEXT,
  UNIQUE (trial_id, key)
);
CREATE TABLE IF NOT EXISTS trial_params (
  param_id SERIAL PRIMARY KEY,
  trial_id INTEGER REFERENCES trials (trial_id),
  param_name VARCHAR(512),
  param_value DOUBLE PRECISION,
  distribution_json TEXT,
  UNIQUE (trial_id, param_name)
);
CREATE TABLE IF NOT EXISTS trial_values (
  trial_value_id SERIAL PRIMARY KEY,
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id),
  objective INTEGER NOT NULL,
  value DOUBLE PRECISION,
  value_type trialvaluetype NOT NULL,
  UNIQUE (trial_id, objective)
);
CREATE TABLE IF NOT EXISTS trial_intermediate_values (
  trial_intermediate_value_id SERIAL PRIMARY KEY,
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id),
  step INTEGER NOT NULL,
  intermediate_value DOUBLE PRECISION,
  intermediate_value_type trialintermediatevaluetype NOT NULL,
  UNIQUE (trial_id, step)
);
CREATE TABLE IF NOT EXISTS trial_heartbeats (
  trial_heartbeat_id SERIAL PRIMARY KEY,
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id),
  heartbeat TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  UNIQUE (trial_id)
);
INSERT INTO version_info (version_info_id, schema_version, library_version)
  SELECT 1, ${OPTUNA_SCHEMA_VERSION}, '${OPTUNA_LIBRARY_VERSION}' WHERE NOT EXISTS (SELECT 1 FROM version_info);
INSERT INTO alembic_version (version_num)
  SELECT '${OPTUNA_REVISION}' WHERE NOT EXISTS (SELECT 1 FROM alembic_version);
`;
