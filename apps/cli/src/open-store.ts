import { type OpenStoreOptions, openStore } from '@assay/store';
import { StoreError, type StudyStore } from '@assay/study';

/**
 * Opens a store that must be there already, for commands that start from what it holds; says so where it can only be read.
 * @throws {StoreError} `STORE_NOT_FOUND`, `BAD_URL`
 */
export async function withExistingStore<T>(url: string, use: (store: StudyStore) => Promise<T>): Promise<T> {
  const store = await openStore(url, { mustExist: true });
  if (store.readOnly !== null) process.stderr.write(`warning: ${store.readOnly}\n`);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** Opens or makes a store to run trials in. @throws {StoreError} `INCOMPATIBLE_SCHEMA` when it can only be read, `BAD_URL` */
export async function openWritableStore(url: string, options: OpenStoreOptions = {}): Promise<StudyStore> {
  const store = await openStore(url, options);
  if (store.readOnly === null) return store;
  await store.close();
  throw new StoreError('INCOMPATIBLE_SCHEMA', store.readOnly);
}
