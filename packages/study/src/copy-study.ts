import { StoreError } from './store-error.js';
import type { StudyRecord, StudyStore } from './study-store.js';
import { trialPages } from './trial-pages.js';
import type { TrialRecord } from './trial-record.js';

export interface CopyOptions {
  /** What the copy is called. Default: as the study is. */
  readonly name?: string;
  /** Called after each transaction. */
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
  from: StudyStore,
  study: StudyRecord,
  to: StudyStore,
  { name = study.name, onProgress }: CopyOptions = {},
): Promise<StudyRecord> {
  if ((await to.findStudy(name)) !== null) throw nameTaken(to, name);
  const prior = await from.readPrior(study.id);
  const attributes = await from.readStudyAttributes(study.id);
  const { id: _, ...record } = study;
  const copy = await to.importStudy({ ...record, name: `${name}.incomplete`, prior, attributes });
  try {
    let copied = 0;
    for await (const trials of trialPages(from, study.id, { details: true })) {
      await to.importTrials(copy.id, trials.map(ended));
      copied += trials.length;
      onProgress?.(copied);
    }
    return await to.renameStudy(copy.id, name);
  } catch (error) {
    await to.deleteStudy(copy.id, { force: true });
    throw error;
  }
}

function ended(trial: TrialRecord): TrialRecord {
  if (trial.state !== 'running') return trial;
  const { params, distributions = {} } = trial;
  const taken = Object.entries(params).filter(([name]) => Object.hasOwn(distributions, name)); // others are only fixed so far
  const end = { reason: 'interrupted', message: 'it was running when the study was copied' } as const;
  return { ...trial, state: 'failed', params: Object.fromEntries(taken), end, finishedMs: Date.now() };
}

function nameTaken(store: StudyStore, name: string): StoreError {
  return new StoreError('STUDY_EXISTS', `${store.url} has a study named ${JSON.stringify(name)} already`);
}
