import { openStore } from '@assay/store';
import type { StudyStore } from '@assay/study';

/** Opens a store that must be there already, for commands that only read. @throws {StoreError} `STORE_NOT_FOUND`, `BAD_URL` */
export async function withExistingStore<T>(url: string, read: (store: StudyStore) => Promise<T>): Promise<T> {
  const store = await openStore(url, { mustExist: true });
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}
