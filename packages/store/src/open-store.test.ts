import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFINITION_DEFAULTS, newOwner, type StudyStore } from '@assay/study';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openSnapshot, openSqliteStore, openStore } from './open-store.js';
import { isOpenToAll, unprivileged } from './postgres-server.test.kit.js';
import { SqlStudyStore } from './sql-study-store.js';
import { SqliteDatabase } from './sqlite-database.js';
import { CREATE_OPTUNA_TABLES } from './sqlite-schema.js';

/** Why another user cannot take part; empty where one can, or this process is no root itself. */
const NO_OTHER_USER =
  process.getuid?.() !== 0 || (unprivileged() !== null && [tmpdir(), import.meta.dirname].every(isOpenToAll))
    ? ''
    : ' (skipped: needs a user without privileges who may enter these folders)';

const folder = mkdtempSync(join(tmpdir(), 'assay-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const newPath = (): string => join(folder, `${files++}.db`);

const DEFINITION = { ...DEFINITION_DEFAULTS, space: [], sampler: null, pruner: null, seed: 1, facts: {} };
const newStudy = (name: string) =>
  ({ name, directions: ['minimize'], metrics: [], definition: DEFINITION }) as const satisfies Parameters<
    StudyStore['createStudy']
  >[0];

function sql(path: string, script: string): void {
  const database = new Database(path);
  database.exec(script);
  database.close();
}

function rows(path: string, query: string): unknown[] {
  const database = new Database(path, { readonly: true });
  onTestFinished(() => void database.close());
  return database.prepare(query).raw().all();
}

describe('a new file', () => {
  it('has the versions that Optuna asks for, and the write-ahead log', async () => {
    const path = newPath();
    await (await openSqliteStore(path)).close();
    expect(rows(path, 'SELECT version_num FROM alembic_version')).toEqual([['v3.2.0.a']]);
    expect(rows(path, 'SELECT * FROM version_info')).toEqual([[1, 12, '5.0.0']]);
    expect(rows(path, 'PRAGMA journal_mode')).toEqual([['wal']]);
  });

  it('keeps its rows when it is opened again', async () => {
    const path = newPath();
    await (await openSqliteStore(path)).close();
    const before = rows(path, 'SELECT sql FROM sqlite_master');
    await (await openSqliteStore(path)).close();
    expect(rows(path, 'SELECT sql FROM sqlite_master')).toEqual(before);
    expect(rows(path, 'SELECT count(*) FROM alembic_version')).toEqual([[1]]);
  });

  it('lies under the current folder when nothing else is said, in a folder of its own', async () => {
    const home = process.cwd();
    process.chdir(mkdtempSync(join(folder, 'home-')));
    onTestFinished(() => process.chdir(home));
    await expect(openStore(undefined, { mustExist: true })).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    expect(existsSync('.assay')).toBe(false);
    const store = await openStore();
    expect(store.url).toBe('sqlite:///.assay/assay.db');
    await store.close();
    await (await openStore('sqlite:///.assay/assay.db', { mustExist: true })).close();
  });

  it('is not made where the default folder cannot be', async () => {
    const home = process.cwd();
    process.chdir(mkdtempSync(join(folder, 'home-')));
    onTestFinished(() => process.chdir(home));
    writeFileSync('.assay', 'a file');
    await expect(openStore()).rejects.toMatchObject({ code: 'DATABASE_FAILED', cause: { code: 'EEXIST' } });
  });
});

describe("another tool's file", () => {
  it('is opened when Optuna has made its tables but not yet said which revision', async () => {
    const path = newPath();
    sql(path, `${CREATE_OPTUNA_TABLES} DELETE FROM alembic_version;`);
    await (await openSqliteStore(path)).close();
    expect(rows(path, 'SELECT version_num FROM alembic_version')).toEqual([['v3.2.0.a']]);
  });

  it.each([
    {
      name: 'an older Optuna’s',
      script: `${CREATE_OPTUNA_TABLES} UPDATE alembic_version SET version_num = 'v3.0.0.d';
        UPDATE version_info SET library_version = '3.1.0'`,
      message: /v3\.0\.0\.d.*3\.1\.0.*optuna storage upgrade --storage sqlite:\/\/\//,
    },
    {
      name: 'a newer Optuna’s',
      script: `${CREATE_OPTUNA_TABLES} UPDATE alembic_version SET version_num = 'v9.0.0.a'`,
      message: /v9\.0\.0\.a.*update Assay/,
    },
    {
      name: 'one whose schema version is unknown',
      script: `${CREATE_OPTUNA_TABLES} UPDATE version_info SET schema_version = 13`,
      message: /update Assay/,
    },
    { name: 'another program’s', script: 'CREATE TABLE invoices (id)', message: /another program.*invoices/ },
  ])('is refused, and left as it is: $name', async ({ script, message }) => {
    const path = newPath();
    sql(path, script);
    const before = readFileSync(path);
    await expect(openSqliteStore(path)).rejects.toMatchObject({
      code: 'INCOMPATIBLE_SCHEMA',
      message: expect.stringMatching(message),
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('a snapshot', () => {
  it('reads an Optuna file that nobody may write to, and leaves nothing in it or beside it', async () => {
    const home = mkdtempSync(join(folder, 'theirs-'));
    const path = join(home, 'optuna.db');
    sql(path, CREATE_OPTUNA_TABLES);
    sql(
      path,
      `INSERT INTO studies VALUES (3, 'theirs'); INSERT INTO study_directions VALUES (1, 'MAXIMIZE', 3, 0);
      INSERT INTO trials VALUES (7, 0, 3, 'COMPLETE', NULL, NULL); INSERT INTO trial_values VALUES (1, 7, 0, 0.5, 'FINITE')`,
    );
    const before = readFileSync(path);
    const snapshot = await openSnapshot(`sqlite:///${path}`);
    expect(await snapshot.readTrials(3)).toMatchObject([{ id: 7, state: 'complete', values: [0.5] }]);
    sql(path, `UPDATE studies SET study_name = 'renamed'`);
    expect(await snapshot.listStudies()).toMatchObject([{ name: 'theirs', directions: ['maximize'] }]);
    await expect(snapshot.deleteStudy(3)).rejects.toMatchObject({ code: 'INCOMPATIBLE_SCHEMA' });
    await snapshot.close();
    sql(path, `UPDATE studies SET study_name = 'theirs'`);
    expect(rows(path, `SELECT count(*) FROM sqlite_master WHERE name LIKE 'assay%'`)).toEqual([[0]]);
    expect(readdirSync(home)).toEqual(['optuna.db']);
    expect(readFileSync(path).length).toBe(before.length);
    await expect(openSnapshot(newPath())).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
  });

  it('leaves nothing beside a file of ours that nobody has open, and has what is only in the log of one that is open', async () => {
    const home = mkdtempSync(join(folder, 'ours-'));
    const path = join(home, 'ours.db');
    const store = await openStore(path);
    await store.createStudy(newStudy('in the log'));
    const ofOpen = await openSnapshot(path);
    onTestFinished(() => ofOpen.close());
    await store.createStudy(newStudy('later'));
    expect((await ofOpen.listStudies()).map(({ name }) => name)).toEqual(['in the log']);
    await store.close();
    expect(readdirSync(home)).toEqual(['ours.db']);
    const ofClosed = await openSnapshot(path);
    onTestFinished(() => ofClosed.close());
    expect((await ofClosed.listStudies()).map(({ name }) => name)).toEqual(['in the log', 'later']);
    expect(readdirSync(home)).toEqual(['ours.db']);
  });
});

describe.skipIf(NO_OTHER_USER !== '')(`a file that may only be read${NO_OTHER_USER}`, () => {
  const store = JSON.stringify(new URL('../dist/index.js', import.meta.url).href);
  /** What a user without rights gets to see: root may write everything. */
  const readBy = (path: string, more: string): string =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const store = await (await import(${store})).openStore(${JSON.stringify(path)}, { mustExist: true });
        console.log(store.readOnly, (await store.listStudies())[0].name); ${more}; await store.close()`,
      ],
      { ...unprivileged(), encoding: 'utf8' },
    );

  it('is read as it is now, says so, and is not changed', async () => {
    const home = mkdtempSync(join(folder, 'read-only-'));
    const path = join(home, 'ours.db');
    const store = await openStore(path);
    await store.createStudy(newStudy('kept'));
    await store.close();
    for (const [which, mode] of [[path, 0o444] as const, [home, 0o555] as const, [folder, 0o755] as const]) {
      chmodSync(which, mode);
    }
    onTestFinished(() => chmodSync(home, 0o755));
    const refusal = `await store.deleteStudy(1).catch(({ code }) => console.log(code))`;
    expect(readBy(path, refusal)).toMatch(/^sqlite:.* may not be written, .*writable kept\nINCOMPATIBLE_SCHEMA\n$/);
    expect(readdirSync(home)).toEqual(['ours.db']);
  });
});

describe('a file that cannot be used', () => {
  it.each([
    { name: 'a folder that does not exist', make: () => undefined, path: 'no/such/folder/a.db', message: /mkdir -p/ },
    {
      name: 'a text file',
      make: (path: string) => writeFileSync(path, 'key,fare\n'.repeat(100)),
      path: 'rides.db',
      message: /not an SQLite database/,
    },
    { name: 'a folder', make: (path: string) => mkdirSync(path), path: 'folder.db', message: /cannot be opened/ },
  ])('$name', async ({ make, path, message }) => {
    make(join(folder, path));
    await expect(openSqliteStore(join(folder, path))).rejects.toMatchObject({
      name: 'StoreError',
      code: 'DATABASE_FAILED',
      message: expect.stringMatching(message),
    });
  });

  it('waits for another program as long as it was told, and names the lock', async () => {
    const path = newPath();
    const store = await openSqliteStore(path, { busyTimeoutMs: 50 });
    onTestFinished(() => store.close());
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.createStudy(newStudy('a'))).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
      message: expect.stringContaining('is locked'),
      cause: { code: 'SQLITE_BUSY' },
    });
    other.exec('ROLLBACK');
    other.close();
    await store.createStudy(newStudy('a'));
  });

  it.each([
    {
      name: 'a full disk',
      trouble: 'PRAGMA max_page_count = 60',
      cure: 'PRAGMA max_page_count = 10000',
      code: 'SQLITE_FULL',
    },
    {
      name: 'a read-only file',
      trouble: 'PRAGMA query_only = ON',
      cure: 'PRAGMA query_only = OFF',
      code: 'SQLITE_READONLY',
    },
  ])(
    '$name: the transaction is undone, nothing older is lost, and it goes on afterwards',
    async ({ trouble, cure, code }) => {
      const path = newPath();
      await (await openSqliteStore(path)).close();
      const database = new SqliteDatabase(path, `sqlite:///${path}`, 50);
      const store = new SqlStudyStore(database);
      onTestFinished(() => store.close());
      await store.createStudy(newStudy('first'));
      await database.read((db) => db.script(trouble));
      const large = { ...newStudy('large'), definition: { ...DEFINITION, facts: { text: 'x'.repeat(500_000) } } };
      await expect(store.createStudy(large)).rejects.toMatchObject({ code: 'DATABASE_FAILED', cause: { code } });
      expect((await store.listStudies()).map(({ name }) => name)).toEqual(['first']);
      await database.read((db) => db.script(cure));
      await store.createStudy(large);
      expect((await store.listStudies()).map(({ name }) => name)).toEqual(['first', 'large']);
    },
  );
});

describe('the write-ahead log', () => {
  it('is folded into the file when nothing has happened for a while, and on closing', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const path = newPath();
    const store = await openSqliteStore(path);
    const watcher = await openSqliteStore(path); // keeps the log from being deleted
    onTestFinished(() => watcher.close());
    const logBytes = () => statSync(`${path}-wal`).size;
    await store.createStudy(newStudy('a'));
    vi.advanceTimersByTime(1_500);
    await store.createStudy(newStudy('b'));
    vi.advanceTimersByTime(1_500);
    expect(logBytes()).toBeGreaterThan(0);
    vi.advanceTimersByTime(1_000);
    expect(logBytes()).toBe(0);
    await store.createStudy(newStudy('c'));
    expect(logBytes()).toBeGreaterThan(0);
    await store.close();
    expect(logBytes()).toBe(0);
  });

  it('shows a report to other processes at once, without a sync', async () => {
    const path = newPath();
    const store = await openSqliteStore(path);
    const watcher = await openSqliteStore(path);
    onTestFinished(async () => {
      await store.close();
      await watcher.close();
    });
    const { id } = await store.createStudy(newStudy('a'));
    const owner = newOwner();
    const claim = await store.claimTrial(id, owner, null);
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    await store.writeReports(claim.trial.id, owner, [{ step: 1, value: 2 }]);
    expect((await watcher.readTrials(id))[0]?.reports).toEqual([{ step: 1, value: 2 }]);
  });
});
