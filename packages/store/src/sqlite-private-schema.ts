/**
 * Version 1 of what Optuna's tables cannot say. The triggers fire for Optuna's deletions too: a new study that gets a deleted one's id
 * must not inherit its rows, and our own ids only grow.
 */
const CREATE_1 = `
CREATE TABLE IF NOT EXISTS assay_version (version INTEGER NOT NULL);
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
CREATE INDEX IF NOT EXISTS assay_ix_trials_number ON trials (study_id, number);
CREATE INDEX IF NOT EXISTS assay_ix_trials_state ON trials (study_id, state);
CREATE TRIGGER IF NOT EXISTS assay_study_deleted AFTER DELETE ON studies BEGIN
  DELETE FROM assay_studies WHERE study_id = old.study_id;
  UPDATE assay_high_water SET study_id = max(study_id, old.study_id);
END;
CREATE TRIGGER IF NOT EXISTS assay_trial_deleted AFTER DELETE ON trials BEGIN
  DELETE FROM assay_trials WHERE trial_id = old.trial_id;
  UPDATE assay_high_water SET trial_id = max(trial_id, old.trial_id);
END;
`;

/**
 * Leads to version 2: a trial's parameters and values once more, in the one row that is cheap to read (each row of Optuna's
 * tables costs as much); marks; counts by state that need no counting; an index that leads along the values. Some files of
 * version 1 have priors already.
 */
export const UPGRADE_1 = `
CREATE TABLE IF NOT EXISTS assay_priors (study_id INTEGER NOT NULL PRIMARY KEY, prior_json TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS assay_prior_deleted AFTER DELETE ON studies BEGIN
  DELETE FROM assay_priors WHERE study_id = old.study_id;
END;
ALTER TABLE assay_trials ADD COLUMN params_json TEXT;
ALTER TABLE assay_trials ADD COLUMN values_json TEXT;
ALTER TABLE assay_trials ADD COLUMN resources_json TEXT;
CREATE TABLE assay_marks (
  trial_id INTEGER NOT NULL PRIMARY KEY,
  tags_json TEXT NOT NULL,
  ignored INTEGER NOT NULL
);
CREATE TRIGGER assay_marked_trial_deleted AFTER DELETE ON trials BEGIN
  DELETE FROM assay_marks WHERE trial_id = old.trial_id;
END;
CREATE TABLE assay_counts (
  study_id INTEGER NOT NULL,
  state VARCHAR(8) NOT NULL,
  trials INTEGER NOT NULL,
  PRIMARY KEY (study_id, state)
) WITHOUT ROWID;
INSERT INTO assay_counts (study_id, state, trials)
  SELECT study_id, state, count(*) FROM trials WHERE study_id IS NOT NULL GROUP BY study_id, state;
CREATE TRIGGER assay_trial_counted AFTER INSERT ON trials BEGIN
  INSERT INTO assay_counts (study_id, state, trials) VALUES (new.study_id, new.state, 1)
    ON CONFLICT (study_id, state) DO UPDATE SET trials = trials + 1;
END;
CREATE TRIGGER assay_trial_counted_again AFTER UPDATE OF state ON trials WHEN old.state <> new.state BEGIN
  UPDATE assay_counts SET trials = trials - 1 WHERE study_id = old.study_id AND state = old.state;
  INSERT INTO assay_counts (study_id, state, trials) VALUES (new.study_id, new.state, 1)
    ON CONFLICT (study_id, state) DO UPDATE SET trials = trials + 1;
END;
CREATE TRIGGER assay_trial_counted_out AFTER DELETE ON trials BEGIN
  UPDATE assay_counts SET trials = trials - 1 WHERE study_id = old.study_id AND state = old.state;
END;
CREATE TRIGGER assay_study_counted_out AFTER DELETE ON studies BEGIN
  DELETE FROM assay_counts WHERE study_id = old.study_id;
END;
CREATE INDEX assay_ix_values ON trial_values (objective, value_type, value, trial_id);
`;

export const CREATE_PRIVATE_TABLES = CREATE_1 + UPGRADE_1;
