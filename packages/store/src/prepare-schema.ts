import { StoreError } from '@assay/study';
import { OPTUNA_REVISION, OPTUNA_SCHEMA_VERSION, PRIVATE_SCHEMA_VERSION } from './schema-versions.js';
import type { SqlDatabase, SqlSession } from './sql-database.js';

const READ_REVISION = 'SELECT version_num AS revision FROM alembic_version';
const READ_SCHEMA_VERSION = 'SELECT schema_version AS version, library_version AS library FROM version_info';
const READ_PRIVATE_VERSION = 'SELECT version FROM assay_version';
const DROP_PRIVATE_VERSION = 'DELETE FROM assay_version';
const WRITE_PRIVATE_VERSION = 'INSERT INTO assay_version (version) VALUES (@version)';

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
 * Whether the database's tables are all there, as this version has them.
 * @throws {StoreError} `INCOMPATIBLE_SCHEMA` for another program's database, or another version's
 */
export function isPrepared(database: SqlDatabase): Promise<boolean> {
  return database.read(async (db) => (await checkedVersion(db)) === PRIVATE_SCHEMA_VERSION);
}

/**
 * Creates what is missing of Optuna's and of our own tables, or brings those of an earlier version up to date, in one
 * transaction; any number of processes may do so at once.
 * @throws {StoreError} `INCOMPATIBLE_SCHEMA` as `isPrepared` does; nothing is then changed
 */
export function prepareSchema(database: SqlDatabase): Promise<void> {
  // The first study's commit makes the tables durable too.
  return database.write('lazy', async (db) => {
    await db.script(db.dialect.createOptunaTables);
    const version = await checkedVersion(db); // again: another process may have been at it meanwhile
    if (version === PRIVATE_SCHEMA_VERSION) return;
    if (version === null) await db.script(db.dialect.createPrivateTables);
    else
      for (let from = version; from < PRIVATE_SCHEMA_VERSION; from++) await db.script(db.dialect.upgrades[from] ?? '');
    await db.run(DROP_PRIVATE_VERSION, {});
    await db.run(WRITE_PRIVATE_VERSION, { version: PRIVATE_SCHEMA_VERSION });
  });
}

/** The version of our own tables; null where there are none. */
async function checkedVersion(db: SqlSession): Promise<number | null> {
  const tables = new Set((await db.all<{ name: string }>(db.dialect.listTables)).map(({ name }) => name));
  if (tables.has('version_info')) await requireOptunaVersion(db, tables.has('alembic_version'));
  else if (tables.size > 0 && !tables.has('studies')) throw foreignDatabase(db.url, [...tables]);
  return tables.has('assay_version') ? await readPrivateVersion(db) : null;
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

async function readPrivateVersion(db: SqlSession): Promise<number | null> {
  const version = (await db.get<{ version: number }>(READ_PRIVATE_VERSION))?.version ?? null;
  if (version === null || version <= PRIVATE_SCHEMA_VERSION) return version;
  throw new StoreError(
    'INCOMPATIBLE_SCHEMA',
    `${db.url} has version ${version} of Assay's own tables, but ${PRIVATE_SCHEMA_VERSION} is needed; update Assay`,
  );
}

function foreignDatabase(url: string, tables: readonly string[]): StoreError {
  const some = `${tables.slice(0, 5).join(', ')}${tables.length > 5 ? ', ...' : ''}`;
  return new StoreError(
    'INCOMPATIBLE_SCHEMA',
    `${url} belongs to another program (its tables: ${some}); give the URL of a study database, or of a new one`,
  );
}
