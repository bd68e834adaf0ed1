import { StoreError } from '@assay/study';
import { backfillTrials } from './backfill-trials.js';
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

/** How a database's tables fit this version. */
export type SchemaState =
  | { readonly kind: 'current' }
  /**
   * Tables are missing, or are an earlier version's: `version` is that of our own tables, null where there are none; `isEmpty`
   * where Optuna's are not there either.
   */
  | { readonly kind: 'incomplete'; readonly version: number | null; readonly isEmpty: boolean }
  /** A later version's, which adds to tables more often than it changes them: it can be read. */
  | { readonly kind: 'newer'; readonly why: string };

/** @throws {StoreError} `INCOMPATIBLE_SCHEMA` for another program's database, or an older Optuna's */
export function findSchema(database: SqlDatabase): Promise<SchemaState> {
  return database.read(schemaOf);
}

/**
 * Creates what is missing of Optuna's and of our own tables, or brings those of an earlier version up to date, in one
 * transaction; any number of processes may do so at once.
 * @throws {StoreError} `INCOMPATIBLE_SCHEMA` as `findSchema` does; nothing is then changed
 */
export function prepareSchema(database: SqlDatabase): Promise<void> {
  // The first study's commit makes the tables durable too.
  return database.write('lazy', async (db) => {
    await db.script(db.dialect.createOptunaTables);
    const schema = await schemaOf(db); // again: another process may have been at it meanwhile
    if (schema.kind === 'current') return;
    if (schema.kind === 'newer') throw new StoreError('INCOMPATIBLE_SCHEMA', schema.why);
    if (schema.version === null) await db.script(db.dialect.createPrivateTables);
    else await upgrade(db, schema.version);
    await db.run(DROP_PRIVATE_VERSION, {});
    await db.run(WRITE_PRIVATE_VERSION, { version: PRIVATE_SCHEMA_VERSION });
  });
}

async function upgrade(db: SqlSession, version: number): Promise<void> {
  for (let from = version; from < PRIVATE_SCHEMA_VERSION; from++) await db.script(db.dialect.upgrades[from] ?? '');
  if (version === 1) await backfillTrials(db);
}

async function schemaOf(db: SqlSession): Promise<SchemaState> {
  const tables = new Set((await db.all<{ name: string }>(db.dialect.listTables)).map(({ name }) => name));
  const hasOptunas = tables.has('version_info');
  if (!hasOptunas && tables.size > 0 && !tables.has('studies')) throw foreignDatabase(db.url, [...tables]);
  const laterOptuna = hasOptunas ? await findLaterOptuna(db, tables.has('alembic_version')) : null;
  const row = tables.has('assay_version') ? await db.get<{ version: number }>(READ_PRIVATE_VERSION) : undefined;
  const version = row?.version ?? null;
  if (laterOptuna !== null && version === null) throw new StoreError('INCOMPATIBLE_SCHEMA', laterOptuna);
  if (laterOptuna !== null) return { kind: 'newer', why: laterOptuna };
  if (version === PRIVATE_SCHEMA_VERSION) return { kind: 'current' };
  if (version === null || version < PRIVATE_SCHEMA_VERSION) {
    return { kind: 'incomplete', version, isEmpty: !tables.has('studies') };
  }
  const found = `${db.url} has version ${version} of Assay's own tables, and this is a version for ${PRIVATE_SCHEMA_VERSION}`;
  return { kind: 'newer', why: `${found}: it can be read, but to write to it, update Assay` };
}

/**
 * Why a later Optuna's database is only to be read; null for the Optuna that this version knows. Without a revision the file is
 * one that Optuna is just creating: whoever comes first writes the newest.
 * @throws {StoreError} `INCOMPATIBLE_SCHEMA` for an older Optuna's
 */
async function findLaterOptuna(db: SqlSession, hasRevision: boolean): Promise<string | null> {
  const row = hasRevision ? await db.get<{ revision: string }>(READ_REVISION) : undefined;
  const schema = await db.get<{ version: number; library: string }>(READ_SCHEMA_VERSION);
  const revision = row?.revision ?? OPTUNA_REVISION;
  if (revision === OPTUNA_REVISION && (schema?.version ?? OPTUNA_SCHEMA_VERSION) === OPTUNA_SCHEMA_VERSION) return null;
  const found = `${db.url} has Optuna's schema ${revision} (made by Optuna ${schema?.library ?? '?'}), but ${OPTUNA_REVISION} is needed`;
  if (!OLDER_REVISIONS.includes(revision))
    return `${found}; a newer Optuna wrote it: update Assay, or give another path`;
  const wayOut = `bring it up to date with: optuna storage upgrade --storage ${db.url}`;
  throw new StoreError('INCOMPATIBLE_SCHEMA', `${found}; ${wayOut}`);
}

function foreignDatabase(url: string, tables: readonly string[]): StoreError {
  const some = `${tables.slice(0, 5).join(', ')}${tables.length > 5 ? ', ...' : ''}`;
  return new StoreError(
    'INCOMPATIBLE_SCHEMA',
    `${url} belongs to another program (its tables: ${some}); give the URL of a study database, or of a new one`,
  );
}
