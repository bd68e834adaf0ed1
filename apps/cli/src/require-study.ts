import { StoreError, type StudyRecord, type StudyStore } from '@assay/study';
import { CliError } from './cli-error.js';
import { storeCommand } from './store-command.js';

/** How many of the store's studies a refusal names: the newest ones. */
const NAMED = 10;

/** @throws {StoreError} `STUDY_NOT_FOUND`, naming studies that are there */
export async function requireStudy(store: StudyStore, name: string): Promise<StudyRecord> {
  const study = await store.findStudy(name);
  if (study !== null) return study;
  const names = (await store.listStudies()).map((record) => record.name);
  const more =
    names.length > NAMED ? ` and ${names.length - NAMED} more (${storeCommand(store.url, 'studies')}  lists them)` : '';
  const there = names.length === 0 ? 'it holds no studies' : `it holds ${names.slice(-NAMED).join(', ')}${more}`;
  throw new StoreError('STUDY_NOT_FOUND', `No study '${name}' in ${store.url}: ${there}.`);
}

/** The study of this name, or the newest one where none is given. @throws as `requireStudy`; {CliError} `NO_SUCH_STUDY` */
export async function requireStudyOrNewest(store: StudyStore, name: string | undefined): Promise<StudyRecord> {
  if (name !== undefined) return await requireStudy(store, name);
  const newest = (await store.listStudies()).at(-1);
  if (newest !== undefined) return newest;
  throw new CliError(
    'NO_SUCH_STUDY',
    `${store.url} holds no studies yet.`,
    `${storeCommand(store.url, 'run taxifare')}  starts one.`,
  );
}
