import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StudyStore } from '@assay/study';
import { StoreError } from '@assay/study';
import { isPrepared, prepareSchema } from './prepare-schema.js';
import { SqlStudyStore } from './sql-study-store.js';
import { SqliteDatabase } from './sqlite-database.js';
import { sqlitePathOf } from './store-url.js';

/** Under the current folder; its own folder is made when it is missing. */
export const DEFAULT_STORE = '.assay/assay.db';

export interface OpenStoreOptions {
  /** Refuse a database that is not there instead of making it. Default false. */
  readonly mustExist?: boolean;
  /**
   * How long a call waits, and blocks this thread, while another program writes. Default 30 s: their transactions are
   * short, but a backup or a large import may take seconds.
   */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens the store that a URL names: `sqlite:///relative.db`, `sqlite:////absolute.db`, or a path that ends in `.db`.
 * @throws {StoreError} `BAD_URL`, and those of `openSqliteStore`
 */
export async function openStore(url: string = DEFAULT_STORE, options: OpenStoreOptions = {}): Promise<StudyStore> {
  const path = sqlitePathOf(url);
  if (path === DEFAULT_STORE && options.mustExist !== true) makeFolder(dirname(path));
  return openSqliteStore(path, options);
}

/**
 * Opens an SQLite file, of Optuna's making or of ours, or makes a new one.
 * @throws {StoreError} `STORE_NOT_FOUND` when it must exist and does not, `DATABASE_FAILED` when it cannot be read or
 * written, `INCOMPATIBLE_SCHEMA` when it is another program's, or another version's
 */
export async function openSqliteStore(path: string, options: OpenStoreOptions = {}): Promise<StudyStore> {
  const { mustExist, busyTimeoutMs } = { mustExist: false, busyTimeoutMs: 30_000, ...options };
  const url = `sqlite:///${path}`;
  if (mustExist && !existsSync(path)) {
    throw new StoreError(
      'STORE_NOT_FOUND',
      `${url} does not exist; run a study first, or give the path of its database`,
    );
  }
  if (!existsSync(dirname(path))) {
    throw new StoreError(
      'DATABASE_FAILED',
      `${url}: its folder does not exist; make it with: mkdir -p ${dirname(path)}`,
    );
  }
  const database = new SqliteDatabase(path, url, busyTimeoutMs);
  try {
    const prepared = await isPrepared(database);
    database.useWriteAheadLog();
    if (!prepared) await prepareSchema(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return new SqlStudyStore(database);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('DATABASE_FAILED', `cannot make the folder ${path} (${reason}); give another path`, { cause });
  }
}
