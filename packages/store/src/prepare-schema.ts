import { StoreError } from '@assay/study';
import type { SqliteConnection } from './sqlite-connection.js';
import {
  CREATE_OPTUNA_TABLES,
  CREATE_PRIVATE_TABLES,
  NEWEST_PRIVATE_TABLE,
  OPTUNA_REVISION,
  OPTUNA_SCHEMA_VERSION,
  PRIVATE_SCHEMA_VERSION,
} from './sqlite-schema.js';

const LIST_TABLES = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`;
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
 * Creates what is missing of Optuna's and of our own tables, in one transaction; any number of processes may do so at once.
 * @throws {StoreError} `INCOMPATIBLE_SCHEMA` for another program's database, or another version's; nothing is then changed
 */
export function prepareSchema(connection: SqliteConnection): void {
  const tables = connection.read(() => checkedTables(connection));
  connection.useWriteAheadLog();
  if (tables.has(NEWEST_PRIVATE_TABLE)) return; // one transaction makes them all
  connection.write('durable', () => {
    checkedTables(connection); // again: another process may have made them meanwhile
    connection.execute(CREATE_OPTUNA_TABLES);
    connection.execute(CREATE_PRIVATE_TABLES);
  });
}

function checkedTables(connection: SqliteConnection): ReadonlySet<string> {
  const tables = new Set(connection.all<{ name: string }>(LIST_TABLES).map(({ name }) => name));
  if (tables.has('version_info')) requireOptunaVersion(connection, tables.has('alembic_version'));
  else if (tables.size > 0 && !tables.has('studies')) throw foreignDatabase(connection.url, [...tables]);
  if (tables.has('assay_version')) requirePrivateVersion(connection);
  return tables;
}

/** Without a revision the file is one that Optuna is just creating: whoever comes first writes the newest. */
function requireOptunaVersion(connection: SqliteConnection, hasRevision: boolean): void {
  const row = hasRevision ? connection.get<{ revision: string }>(READ_REVISION) : undefined;
  const schema = connection.get<{ version: number; library: string }>(READ_SCHEMA_VERSION);
  const revision = row?.revision ?? OPTUNA_REVISION;
  if (revision === OPTUNA_REVISION && (schema?.version ?? OPTUNA_SCHEMA_VERSION) === OPTUNA_SCHEMA_VERSION) return;
  const found = `${connection.url} has Optuna's schema ${revision} (made by Optuna ${schema?.library ?? '?'})`;
  const wayOut = OLDER_REVISIONS.includes(revision)
    ? `bring it up to date with: optuna storage upgrade --storage ${connection.url}`
    : 'a newer Optuna wrote it: update Assay, or give another path';
  throw new StoreError('INCOMPATIBLE_SCHEMA', `${found}, but ${OPTUNA_REVISION} is needed; ${wayOut}`);
}

function requirePrivateVersion(connection: SqliteConnection): void {
  const version = connection.get<{ version: number }>(READ_PRIVATE_VERSION)?.version;
  if (version === PRIVATE_SCHEMA_VERSION) return;
  throw new StoreError(
    'INCOMPATIBLE_SCHEMA',
    `${connection.url} has version ${version} of Assay's own tables, but ${PRIVATE_SCHEMA_VERSION} is needed; update Assay`,
  );
}

function foreignDatabase(url: string, tables: readonly string[]): StoreError {
  const some = `${tables.slice(0, 5).join(', ')}${tables.length > 5 ? ', ...' : ''}`;
  return new StoreError(
    'INCOMPATIBLE_SCHEMA',
    `${url} belongs to another program (its tables: ${some}); give the path of a study database, or of a new file`,
  );
}
