import type { StudyRecord, StudyStore, TrialRecord } from '@assay/study';
import type { TrialReference } from './trial-reference.js';

/**
 * The trials among which `pickTrial` finds the one that a reference names. Of a study of any size one trial is enough, but where
 * there is none, or several may be the best: then all of them, without their reports.
 */
export async function readCandidates(
  store: StudyStore,
  study: StudyRecord,
  reference: TrialReference,
): Promise<readonly TrialRecord[]> {
  const one = await readOne(store, study, reference);
  return one.length > 0 ? one : await store.readTrials(study.id, { reports: false });
}

async function readOne(
  store: StudyStore,
  { id, directions }: StudyRecord,
  { trial }: TrialReference,
): Promise<readonly TrialRecord[]> {
  switch (trial.kind) {
    case 'best':
      return directions.length > 1 ? [] : await store.rankTrials(id, { limit: 1 });
    case 'number':
      return await store.readTrials(id, { from: trial.number, limit: 1, reports: false });
    case 'latest':
      return await store.readTrials(id, { from: (await trialsIn(store, id)) - 1, limit: 1, reports: false });
  }
}

/** How many trials a study has, in whatever state. */
export async function trialsIn(store: StudyStore, studyId: number): Promise<number> {
  return Object.values(await store.countTrials(studyId)).reduce((sum, count) => sum + count, 0);
}
