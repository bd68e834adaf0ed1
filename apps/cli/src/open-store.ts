import { openStore } from '@assay/store';
import type { StudyStore } from '@assay/study';

/** Opens a store that must be there already, for commands that start from what it holds. @throws {StoreError} `STORE_NOT_FOUND`, `BAD_URL` */
export async function withExistingStore<T>(url: string, use: (store: StudyStore) => Promise<T>): Promise<T> {
  const store = await openStore(url, { mustExist: true });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
