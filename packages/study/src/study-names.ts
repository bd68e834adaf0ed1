import { confirmationName } from './confirmation.js';
import { StoreError } from './store-error.js';
import type { StudyRecord } from './study-store.js';

/** A study before and after a change of name. */
export interface Renamed {
  readonly was: StudyRecord;
  readonly is: StudyRecord;
}

/** What changes when a study gets another name: it, and the study that confirms it. */
export function newNames(study: StudyRecord, name: string, studies: readonly StudyRecord[]): readonly Renamed[] {
  const companions = studies.flatMap((was): readonly Renamed[] => {
    if (was.definition?.confirms !== study.name) return [];
    const isNamedAfter = was.name === confirmationName(study.name);
    const definition = { ...was.definition, confirms: name };
    return [{ was, is: { ...was, name: isNamedAfter ? confirmationName(name) : was.name, definition } }];
  });
  return [{ was: study, is: { ...study, name } }, ...companions];
}

export function studyInUse({ name }: StudyRecord, running: number): StoreError {
  const [trials, theirs] = running === 1 ? ['a trial', 'its process'] : [`${running} trials`, 'their processes'];
  const message = `${trials} of study '${name}' may still run; end ${theirs} first`;
  return new StoreError('STUDY_IN_USE', message);
}
