import { StoreError, type StudyRecord, type StudyStore } from '@assay/study';

/** @throws {StoreError} `STUDY_NOT_FOUND`, naming the studies that are there */
export async function requireStudy(store: StudyStore, name: string): Promise<StudyRecord> {
  const study = await store.findStudy(name);
  if (study !== null) return study;
  const names = (await store.listStudies()).map((record) => record.name);
  const there = names.length === 0 ? 'it holds no studies' : `it holds ${names.join(', ')}`;
  throw new StoreError('STUDY_NOT_FOUND', `No study '${name}' in ${store.url}: ${there}.`);
}
