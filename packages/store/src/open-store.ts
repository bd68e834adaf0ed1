import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StudyStore } from '@assay/study';
import { StoreError } from '@assay/study';
import { copySqlite } from './copy-sqlite.js';
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

/** What a server that is there takes for a statement at most, locks apart. */
const ANSWER_MS = 30_000;

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
  const timeouts = { lockTimeoutMs: busyTimeoutMs, answerTimeoutMs: busyTimeoutMs + ANSWER_MS, patienceMs };
  const database = new PostgresDatabase({ connection, url, ...timeouts });
  try {
    await database.connect();
    const schema = await findSchema(database);
    if (schema.kind === 'newer') return readOnlyStore(database, schema.why);
    if (schema.kind === 'incomplete') {
      if (mustExist && schema.isEmpty) {
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
 * written, `INCOMPATIBLE_SCHEMA` when it is another program's, or an older Optuna's; a later version's is read-only, and so is, as
 * it is now, one that must exist and may not be written
 */
export async function openSqliteStore(path: string, options: OpenStoreOptions = {}): Promise<StudyStore> {
  const { mustExist, busyTimeoutMs } = { ...DEFAULTS, ...options };
  const url = urlOf(path);
  if (mustExist) requireFile(path);
  if (!existsSync(dirname(path))) {
    throw new StoreError(
      'DATABASE_FAILED',
      `${url}: its folder does not exist; make it with: mkdir -p ${dirname(path)}`,
    );
  }
  if (mustExist && !isWritable(path)) {
    const wayOut = 'to change it, make the file and its folder writable';
    return await openCopy(path, `${url} may not be written, and is read as it is now; ${wayOut}`);
  }
  const { database, readOnly } = await openSqlite(path, url, busyTimeoutMs);
  return readOnly === null ? new SqlStudyStore(database) : readOnlyStore(database, readOnly);
}

/**
 * Opens studies as they are now, to be copied: nothing is written to an SQLite file, or beside it, for it is a copy that is made
 * ready to be read. On a PostgreSQL server as `openStore`.
 * @throws {StoreError} as `openStore` does
 */
export async function openSnapshot(url: string): Promise<StudyStore> {
  const location = storeLocation(url);
  if (location.kind === 'postgres') return openStore(url, { mustExist: true });
  requireFile(location.path);
  return await openCopy(location.path, `${urlOf(location.path)} was opened to be copied, and only to be read`);
}

/** @param why it is read-only */
async function openCopy(path: string, why: string): Promise<StudyStore> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-snapshot-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'snapshot.db');
    await copySqlite(path, urlOf(path), copy);
    const { database } = await openSqlite(copy, urlOf(path), DEFAULTS.busyTimeoutMs);
    return readOnlyStore({ ...readOnlyDatabase(database, why), close: () => database.close().finally(remove) }, why);
  } catch (error) {
    remove();
    throw error;
  }
}

/** @throws {StoreError} as `openSqliteStore` does. `readOnly`: why nothing can be written to it, null where it can */
async function openSqlite(
  path: string,
  url: string,
  busyTimeoutMs: number,
): Promise<{ readonly database: SqliteDatabase; readonly readOnly: string | null }> {
  const database = new SqliteDatabase(path, url, busyTimeoutMs);
  try {
    const schema = await findSchema(database);
    if (schema.kind === 'newer') return { database, readOnly: schema.why };
    database.useWriteAheadLog();
    if (schema.kind === 'incomplete') await prepareSchema(database);
    return { database, readOnly: null };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function urlOf(path: string): string {
  return `sqlite:///${path}`;
}

/** @throws {StoreError} `STORE_NOT_FOUND` */
function requireFile(path: string): void {
  if (existsSync(path)) return;
  const wayOut = 'run a study first, or give the path of its database';
  throw new StoreError('STORE_NOT_FOUND', `${urlOf(path)} does not exist; ${wayOut}`);
}

/** SQLite makes files beside the one that it writes. */
function isWritable(path: string): boolean {
  try {
    for (const needed of [path, dirname(path)]) accessSync(needed, constants.W_OK);
    return true;
  } catch {
    return false;
  }
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
