import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StudyStore } from '@assay/study';
import { StoreError } from '@assay/study';
import { PostgresDatabase } from './postgres-database.js';
import { findSchema, prepareSchema } from './prepare-schema.js';
import { readOnlyDatabase } from './read-only-database.js';
import type { SqlDatabase } from './sql-database.js';
import { SqlStudyStore } from './sql-study-store.js';
import { SqliteDatabase } from './sqlite-database.js';
import { maskUrl, storeLocation } from './store-url.js';

/** Under the current folder; its own folder is made when it is missing. */
export const DEFAULT_STORE = '.assay/assay.db';

export interface OpenStoreOptions {
  /** Refuse a database that is not there instead of making it. Default false. */
  readonly mustExist?: boolean;
  /**
   * How long a call waits while another program writes; with SQLite it blocks this thread. Default 30 s: their
   * transactions are short, but a backup or a large import may take seconds.
   */
  readonly busyTimeoutMs?: number;
  /** How long a call tries to reach a PostgreSQL server that has gone away. Default 60 s: a restart takes less. */
  readonly patienceMs?: number;
}

const DEFAULTS: Required<OpenStoreOptions> = Object.freeze({
  mustExist: false,
  busyTimeoutMs: 30_000,
  patienceMs: 60_000,
});

/**
 * Opens the store that a URL names: `sqlite:///relative.db`, `sqlite:////absolute.db`, a path that ends in `.db`, or
 * `postgresql://user:password@host:5432/database`.
 * @throws {StoreError} `BAD_URL`, and those of `openSqliteStore` and `openPostgresStore`
 */
export async function openStore(url: string = DEFAULT_STORE, options: OpenStoreOptions = {}): Promise<StudyStore> {
  const location = storeLocation(url);
  if (location.kind === 'postgres') return openPostgresStore(location.url, maskUrl(url), options);
  const { path } = location;
  if (path === DEFAULT_STORE && options.mustExist !== true) makeFolder(dirname(path));
  return openSqliteStore(path, options);
}

/**
 * Opens a PostgreSQL database, of Optuna's making or of ours, or an empty one.
 * @throws {StoreError} `STORE_NOT_FOUND` when it must hold studies and has no tables for them, `DATABASE_FAILED` when it
 * cannot be reached, read or written, `INCOMPATIBLE_SCHEMA` as `openSqliteStore` does
 */
async function openPostgresStore(connection: string, url: string, options: OpenStoreOptions): Promise<StudyStore> {
  const { mustExist, busyTimeoutMs, patienceMs } = { ...DEFAULTS, ...options };
  const database = new PostgresDatabase({ connection, url, lockTimeoutMs: busyTimeoutMs, patienceMs });
  try {
    await database.connect();
    const schema = await findSchema(database);
    if (schema.kind === 'newer') return readOnlyStore(database, schema.why);
    if (schema.kind === 'incomplete') {
      if (mustExist && schema.version === null) {
        throw new StoreError('STORE_NOT_FOUND', `${url} holds no studies yet; run a study first`);
      }
      await prepareSchema(database);
    }
  } catch (error) {
    await database.close();
    throw error;
  }
  return new SqlStudyStore(database);
}

/**
 * Opens an SQLite file, of Optuna's making or of ours, or makes a new one.
 * @throws {StoreError} `STORE_NOT_FOUND` when it must exist and does not, `DATABASE_FAILED` when it cannot be read or
 * written, `INCOMPATIBLE_SCHEMA` when it is another program's, or an older Optuna's; a later version's is read-only
 */
export async function openSqliteStore(path: string, options: OpenStoreOptions = {}): Promise<StudyStore> {
  const { mustExist, busyTimeoutMs } = { ...DEFAULTS, ...options };
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
    const schema = await findSchema(database);
    if (schema.kind === 'newer') return readOnlyStore(database, schema.why);
    database.useWriteAheadLog();
    if (schema.kind === 'incomplete') await prepareSchema(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return new SqlStudyStore(database);
}

/** Studies of a later version's database: to be read, and left as they are. */
function readOnlyStore(database: SqlDatabase, why: string): StudyStore {
  return new SqlStudyStore(readOnlyDatabase(database, why), why);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('DATABASE_FAILED', `cannot make the folder ${path} (${reason}); give another path`, { cause });
  }
}
