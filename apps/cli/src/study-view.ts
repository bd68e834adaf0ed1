import type { StudyRecord, StudyStore, TrialRecord } from '@assay/study';
import { StoreError } from '@assay/study';

/** @throws {StoreError} `STUDY_NOT_FOUND`, naming the studies that are there */
export async function requireStudy(store: StudyStore, name: string): Promise<StudyRecord> {
  const study = await store.findStudy(name);
  if (study !== null) return study;
  const names = (await store.listStudies()).map((record) => record.name);
  const there = names.length === 0 ? 'it holds no studies' : `it holds ${names.join(', ')}`;
  throw new StoreError('STUDY_NOT_FOUND', `No study '${name}' in ${store.url}: ${there}.`);
}

/** The best complete, feasible trial by the first objective; null when there is none. Ties: the oldest. */
export function bestTrialOf(study: StudyRecord, trials: readonly TrialRecord[]): TrialRecord | null {
  const sign = study.directions[0] === 'maximize' ? -1 : 1;
  let best: TrialRecord | null = null;
  for (const trial of trials) {
    if (trial.state !== 'complete' || trial.constraints.some((value) => value > 0)) continue;
    if (best === null || sign * (trial.values[0] ?? Infinity) < sign * (best.values[0] ?? Infinity)) best = trial;
  }
  return best;
}
