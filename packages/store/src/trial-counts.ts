import { NO_TRIALS, type TrialCounts } from '@assay/study';
import type { SqlSession } from './sql-database.js';
import { fromStoredState, type StoredState } from './trial-state.js';
import { COUNT_OBJECTIVES } from './trial-statements.js';

/** Pruned in our eyes, and failed in Optuna's (`fromStoredState`): only several objectives have such trials. */
const COUNT_PRUNED_AS_FAILED = `SELECT CAST(count(*) AS INTEGER) AS trials FROM trials t JOIN assay_trials a USING (trial_id)
  WHERE t.study_id = @studyId AND t.state = 'FAIL' AND a.end_reason IN ('pruned', 'diverged')`;

/** A study's trials by state. */
export async function countTrials(db: SqlSession, studyId: number): Promise<TrialCounts> {
  const counts = { ...NO_TRIALS };
  for (const { state, trials } of await db.all<CountRow>(db.dialect.countTrials, { studyId })) {
    counts[fromStoredState(state, null)] = trials;
  }
  const { objectives } = (await db.get<{ objectives: number }>(COUNT_OBJECTIVES, { studyId }))!;
  if (objectives === 1 || counts.failed === 0) return counts;
  const { trials: pruned } = (await db.get<{ trials: number }>(COUNT_PRUNED_AS_FAILED, { studyId }))!;
  return { ...counts, failed: counts.failed - pruned, pruned: counts.pruned + pruned };
}

interface CountRow {
  readonly state: StoredState;
  readonly trials: number;
}
