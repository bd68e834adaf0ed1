import { StoreError } from '@assay/study';
import {
  NEWEST_PRIVATE_TABLE,
  OPTUNA_REVISION,
  OPTUNA_SCHEMA_VERSION,
  PRIVATE_SCHEMA_VERSION,
} from './schema-versions.js';
import type { SqlDatabase, SqlSession } from './sql-database.js';

const READ_REVISION = 'SELECT version_num AS revision FROM alembic_version';
const READ_SCHEMA_VERSION = 'SELECT schema_version AS version, library_version AS library FROM version_info';
const READ_PRIVATE_VERSION = 'SELECT version FROM assay_version';

/** Before today's, oldest first; an `optuna storage upgrade` leads from each of them to the newest. */
const OLDER_REVISIONS: readonly string[] = [
  'v0.9.0.a',
  'v1.2.0.a',
  'v1.3.0.a',
  'v2.4.0.a',
  'v2.6.0.a',
  'v3.0.0.a',
  'v3.0.0.b',
  'v3.0.0.c',
  'v3.0.0.d',
];

/**
 * Whether the database's tables are all there.
 * @throws {StoreError} `INCOMPATIBLE_SCHEMA` for another program's database, or another version's
 */
export function isPrepared(database: SqlDatabase): Promise<boolean> {
  return database.read(async (db) => (await checkedTables(db)).has(NEWEST_PRIVATE_TABLE)); // one transaction makes them all
}

/**
 * Creates what is missing of Optuna's and of our own tables, in one transaction; any number of processes may do so at once.
 * @throws {StoreError} `INCOMPATIBLE_SCHEMA` as `isPrepared` does; nothing is then changed
 */
export function prepareSchema(database: SqlDatabase): Promise<void> {
  return database.write('durable', async (db) => {
    await checkedTables(db); // again: another process may have made them meanwhile
    await db.script(db.dialect.createOptunaTables);
    await db.script(db.dialect.createPrivateTables);
  });
}

async function checkedTables(db: SqlSession): Promise<ReadonlySet<string>> {
  const tables = new Set((await db.all<{ name: string }>(db.dialect.listTables)).map(({ name }) => name));
  if (tables.has('version_info')) await requireOptunaVersion(db, tables.has('alembic_version'));
  else if (tables.size > 0 && !tables.has('studies')) throw foreignDatabase(db.url, [...tables]);
  if (tables.has('assay_version')) await requirePrivateVersion(db);
  return tables;
}

/** Without a revision the file is one that Optuna is just creating: whoever comes first writes the newest. */
async function requireOptunaVersion(db: SqlSession, hasRevision: boolean): Promise<void> {
  const row = hasRevision ? await db.get<{ revision: string }>(READ_REVISION) : undefined;
  const schema = await db.get<{ version: number; library: string }>(READ_SCHEMA_VERSION);
  const revision = row?.revision ?? OPTUNA_REVISION;
  if (revision === OPTUNA_REVISION && (schema?.version ?? OPTUNA_SCHEMA_VERSION) === OPTUNA_SCHEMA_VERSION) return;
  const found = `${db.url} has Optuna's schema ${revision} (made by Optuna ${schema?.library ?? '?'})`;
  const wayOut = OLDER_REVISIONS.includes(revision)
    ? `bring it up to date with: optuna storage upgrade --storage ${db.url}`
    : 'a newer Optuna wrote it: update Assay, or give another path';
  throw new StoreError('INCOMPATIBLE_SCHEMA', `${found}, but ${OPTUNA_REVISION} is needed; ${wayOut}`);
}

async function requirePrivateVersion(db: SqlSession): Promise<void> {
  const version = (await db.get<{ version: number }>(READ_PRIVATE_VERSION))?.version;
  if (version === PRIVATE_SCHEMA_VERSION) return;
  throw new StoreError(
    'INCOMPATIBLE_SCHEMA',
    `${db.url} has version ${version} of Assay's own tables, but ${PRIVATE_SCHEMA_VERSION} is needed; update Assay`,
  );
}

function foreignDatabase(url: string, tables: readonly string[]): StoreError {
  const some = `${tables.slice(0, 5).join(', ')}${tables.length > 5 ? ', ...' : ''}`;
  return new StoreError(
    'INCOMPATIBLE_SCHEMA',
    `${url} belongs to another program (its tables: ${some}); give the path of a study database, or of a new file`,
  );
}
