import { StoreError } from './store-error.js';
import type { StudyArchive } from './study-archive.js';
import type { StudyRecord, StudyStore } from './study-store.js';
import type { TrialMarking } from './trial-marks.js';
import type { TrialRecord } from './trial-record.js';

/** A transaction each. */
const TRIALS_AT_A_TIME = 1_000;

export interface CopyOptions {
  /** What the copy is called. Default: as the study is. */
  readonly name?: string;
  /** Called after each chunk. */
  readonly onProgress?: (copied: number) => void;
}

/**
 * Copies a study with all its trials, within a store or to another one. A trial that runs meanwhile is a failed one in the
 * copy, which nobody runs. Until all is there the copy is called `<name>.incomplete`; when something goes wrong it is taken
 * away.
 * @throws {StoreError} `STUDY_EXISTS` when the name is taken, or another copy of that name is being made, or was left behind by
 * a process that died
 */
export async function copyStudy(
  from: StudyStore & StudyArchive & TrialMarking,
  study: StudyRecord,
  to: StudyStore & StudyArchive & TrialMarking,
  { name = study.name, onProgress }: CopyOptions = {},
): Promise<StudyRecord> {
  if ((await to.findStudy(name)) !== null) throw nameTaken(to, name);
  const prior = await from.readPrior(study.id);
  const attributes = await from.readStudyAttributes(study.id);
  const { id: _, ...record } = study;
  const copy = await to.importStudy({ ...record, name: `${name}.incomplete`, prior, attributes });
  try {
    let copied = 0;
    for (;;) {
      const query = { from: copied, limit: TRIALS_AT_A_TIME, details: true };
      const trials = await from.readTrials(study.id, query);
      if (trials.length === 0) return await to.renameStudy(copy.id, name);
      await to.importTrials(copy.id, trials.map(ended));
      copied += trials.length;
      onProgress?.(copied);
    }
  } catch (error) {
    await to.deleteStudy(copy.id, { force: true });
    throw error;
  }
}

function ended(trial: TrialRecord): TrialRecord {
  if (trial.state !== 'running') return trial;
  const end = { reason: 'interrupted', message: 'it was running when the study was copied' } as const;
  return { ...trial, state: 'failed', end, finishedMs: Date.now() };
}

function nameTaken(store: StudyStore, name: string): StoreError {
  return new StoreError('STUDY_EXISTS', `${store.url} has a study named ${JSON.stringify(name)} already`);
}
