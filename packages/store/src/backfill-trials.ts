import { isFinal, type TrialRecord } from '@assay/study';
import { writeJson } from './json-text.js';
import type { OrderedValues } from './param-codec.js';
import type { SqlSession } from './sql-database.js';
import { StudyReader } from './study-reader.js';
import { TRIALS_BETWEEN } from './trial-queries.js';
import { TrialReader } from './trial-reader.js';

const LIST_OWN_STUDIES = 'SELECT study_id AS id FROM assay_studies';

const COUNT_TRIALS = 'SELECT count(*) AS trials FROM trials WHERE study_id = @studyId';

/** Other tools' trials have no such row. */
const FILL_IN = 'UPDATE assay_trials SET params_json = @params, values_json = @values WHERE trial_id = @trialId';

/** As many as any memory holds. */
const TRIALS_AT_A_TIME = 10_000;

/**
 * Inside of `write`. Version 1 kept parameters and values in Optuna's tables alone, where they cost ten times as much to read:
 * what had ended then is given the row that later trials have.
 */
export async function backfillTrials(db: SqlSession): Promise<void> {
  const studies = new StudyReader();
  for (const { id } of await db.all<{ id: number }>(LIST_OWN_STUDIES)) {
    await backfillStudy(db, id, await studies.requireOrdered(db, id));
  }
}

async function backfillStudy(db: SqlSession, studyId: number, ordered: OrderedValues): Promise<void> {
  const reader = new TrialReader();
  const { trials: count } = (await db.get<{ trials: number }>(COUNT_TRIALS, { studyId }))!;
  for (let from = 0; from < count; from += TRIALS_AT_A_TIME) {
    const range = { studyId, from, to: from + TRIALS_AT_A_TIME - 1 };
    const trials = await reader.read(db, TRIALS_BETWEEN, range, ordered, { reports: false });
    for (const trial of trials.filter(isWhole)) {
      const params = writeJson(trial.params, 'a parameter');
      await db.run(FILL_IN, { trialId: trial.id, params, values: writeJson(trial.values, 'a value') });
    }
  }
}

/** JSON cannot say NaN, which may be one of Python's choices. */
function isWhole({ state, params }: TrialRecord): boolean {
  return isFinal(state) && !Object.values(params).some(Number.isNaN);
}
