/**
 * What Optuna's tables cannot say, as in SQLite; version 2 was the first that PostgreSQL had. Rows go with the study or the
 * trial that Optuna deletes. `assay_commits` is how a connection that broke while it committed learns whether it did
 * (`commit-mark.ts`).
 */
export const CREATE_PRIVATE_TABLES = `
CREATE TABLE assay_version (version INTEGER NOT NULL);
CREATE TABLE assay_studies (
  study_id INTEGER PRIMARY KEY REFERENCES studies (study_id) ON DELETE CASCADE,
  definition_json TEXT,
  created_ms BIGINT,
  next_draw INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE assay_owners (
  owner_id SERIAL PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  pid_space TEXT,
  process_start TEXT,
  renewed_ms BIGINT NOT NULL
);
CREATE TABLE assay_trials (
  trial_id INTEGER PRIMARY KEY REFERENCES trials (trial_id) ON DELETE CASCADE,
  owner_id INTEGER,
  draw INTEGER,
  has_params INTEGER NOT NULL DEFAULT 0,
  note_json TEXT,
  ordered_json TEXT,
  end_reason TEXT,
  end_message TEXT,
  end_stack TEXT,
  late_result_json TEXT,
  params_json TEXT,
  values_json TEXT,
  resources_json TEXT
);
CREATE TABLE assay_priors (
  study_id INTEGER PRIMARY KEY REFERENCES studies (study_id) ON DELETE CASCADE,
  prior_json TEXT NOT NULL
);
CREATE TABLE assay_commits (
  connection TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  committed_ms BIGINT NOT NULL
);
CREATE TABLE assay_marks (
  trial_id INTEGER PRIMARY KEY REFERENCES trials (trial_id) ON DELETE CASCADE,
  tags_json TEXT NOT NULL,
  ignored INTEGER NOT NULL
);
CREATE INDEX assay_ix_values ON trial_values (objective, value_type, value, trial_id);
CREATE INDEX assay_ix_trials_number ON trials (study_id, number);
CREATE INDEX assay_ix_trials_state ON trials (study_id, state);
`;
