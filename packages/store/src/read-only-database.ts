import { StoreError } from '@assay/study';
import type { SqlDatabase } from './sql-database.js';

/** The same database, which refuses to be written to. @param why with the way out */
export function readOnlyDatabase(database: SqlDatabase, why: string): SqlDatabase {
  return {
    url: database.url,
    read: (body) => database.read(body),
    write: () => Promise.reject(new StoreError('INCOMPATIBLE_SCHEMA', why)),
    close: () => database.close(),
  };
}
