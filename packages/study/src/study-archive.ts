import type { Json } from '@assay/space';
import type { Prior, StudyRecord } from './study-store.js';
import type { TrialRecord } from './trial-record.js';

/** A study from elsewhere, as it is there, without its trials. */
export interface ImportedStudy extends Omit<StudyRecord, 'id'> {
  readonly prior?: Prior;
  readonly attributes?: StudyAttributes;
}

/** What people and other tools noted of a study, and its record does not say. */
export interface StudyAttributes {
  readonly user: Readonly<Record<string, Json>>;
  readonly system: Readonly<Record<string, Json>>;
}

/** What is done to studies as wholes. */
export interface StudyArchive {
  readStudyAttributes(studyId: number): Promise<StudyAttributes>;
  /** @throws {StoreError} `STUDY_EXISTS` */
  importStudy(study: ImportedStudy): Promise<StudyRecord>;
  /**
   * Appends trials of another study, or another store, in one transaction: all that their records hold, but for the ids, which
   * are new and higher than any before.
   * @param trials their numbers go on where the study's end. A parameter's distribution is the record's, or else the study's
   * @throws {StoreError} `INVALID_VALUE` for a running trial, for another number, for a parameter of a finished trial that has
   * no distribution, and for values that do not fit the state
   */
  importTrials(studyId: number, trials: readonly TrialRecord[]): Promise<void>;
  /**
   * Gives a study another name; the study that confirms it (`confirmationName`) follows.
   * @throws {StoreError} `STUDY_EXISTS`
   */
  renameStudy(studyId: number, name: string): Promise<StudyRecord>;
  /**
   * Deletes a study and all that belongs to it. Neither its id nor those of its trials are ever given again.
   * @param options.force also while processes run trials of it. Default: false
   * @throws {StoreError} `STUDY_IN_USE`
   */
  deleteStudy(studyId: number, options?: { readonly force?: boolean }): Promise<void>;
}
