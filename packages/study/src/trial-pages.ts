import type { StudyStore } from './study-store.js';
import type { TrialQuery } from './trial-query.js';
import type { TrialRecord } from './trial-record.js';

/** As many as are worth a query, and as few as any memory holds, reports and all. */
const TRIALS_AT_A_TIME = 1_000;

/** All trials of a study from a number on, ascending by number, a chunk at a time: for whoever passes them on. */
export async function* trialPages(
  store: Pick<StudyStore, 'readTrials'>,
  studyId: number,
  { from: first = 0, ...parts }: Pick<TrialQuery, 'from' | 'reports' | 'details'> = {},
): AsyncGenerator<readonly TrialRecord[]> {
  for (let from = first; ; from += TRIALS_AT_A_TIME) {
    const page = await store.readTrials(studyId, { ...parts, from, limit: TRIALS_AT_A_TIME });
    if (page.length > 0) yield page;
    if (page.length < TRIALS_AT_A_TIME) return;
  }
}
