/** A study's rows. */

const STUDY_COLUMNS = `s.study_id AS id, s.study_name AS name, a.definition_json AS definition, a.created_ms AS "createdMs",
  (SELECT string_agg(CAST(direction AS TEXT), ',' ORDER BY objective) FROM study_directions d
    WHERE d.study_id = s.study_id) AS directions,
  coalesce(
    (SELECT value_json FROM study_system_attributes m WHERE m.study_id = s.study_id AND "key" = 'study:metric_names'),
    (SELECT value_json FROM study_system_attributes m WHERE m.study_id = s.study_id AND "key" = 'dashboard:objective_names')
  ) AS metrics`;

const STUDIES = `SELECT ${STUDY_COLUMNS} FROM studies s LEFT JOIN assay_studies a USING (study_id)`;

export const FIND_STUDY_BY_NAME = `${STUDIES} WHERE s.study_name = @name`;

export const GET_STUDY = `${STUDIES} WHERE s.study_id = @studyId`;

export const LIST_STUDIES = `${STUDIES} ORDER BY s.study_id`;

export const ADD_DIRECTION = `INSERT INTO study_directions (direction, study_id, objective)
  VALUES (@direction, @studyId, @objective)`;

export const ADD_STUDY_ATTRIBUTE = `INSERT INTO study_system_attributes (study_id, "key", value_json)
  VALUES (@studyId, @key, @value)`;

export const ADD_STUDY_USER_ATTRIBUTE = `INSERT INTO study_user_attributes (study_id, "key", value_json)
  VALUES (@studyId, @key, @value)`;

export const ADD_DEFINITION = `INSERT INTO assay_studies (study_id, definition_json, created_ms)
  VALUES (@studyId, @definition, @createdMs)`;

export const CHANGE_DEFINITION = 'UPDATE assay_studies SET definition_json = @definition WHERE study_id = @studyId';

/** Apart from the definition, which is read and rewritten with every claim: a prior may be large. */
export const ADD_PRIOR = 'INSERT INTO assay_priors (study_id, prior_json) VALUES (@studyId, @prior)';

export const READ_PRIOR = 'SELECT prior_json AS prior FROM assay_priors WHERE study_id = @studyId';

export const READ_DEFINITION = `SELECT a.definition_json AS definition
  FROM studies s LEFT JOIN assay_studies a USING (study_id) WHERE s.study_id = @studyId`;
