import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore, openStore } from './open-store.js';
import { NO_POSTGRES, query, startPostgres } from './postgres-server.test.kit.js';

/** What each database needs for itself: ids that never come back, counts without counting; commits without an answer. */
const SQLITE_ONLY: readonly string[] = ['assay_high_water', 'assay_counts'];
const POSTGRES_ONLY: readonly string[] = ['assay_commits'];

const SQLITE_COLUMNS = `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
  WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`;

const POSTGRES_COLUMNS = `SELECT table_name, column_name FROM information_schema.columns
  WHERE table_schema = current_schema()`;

const INDEXES = `SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE '%ix_%' ORDER BY name`;
const POSTGRES_INDEXES = `SELECT indexname FROM pg_indexes
  WHERE schemaname = current_schema() AND indexname LIKE '%ix\\_%' ORDER BY indexname`;

const sorted = (rows: readonly unknown[][], without: readonly string[]): string[] =>
  rows
    .filter(([table]) => !without.includes(String(table)))
    .map((row) => row.join('.'))
    .sort();

describe.skipIf(NO_POSTGRES !== '')(`the schema on PostgreSQL${NO_POSTGRES}`, () => {
  it('has the tables, columns and indexes that SQLite has', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-schema-'));
    const path = join(folder, 'a.db');
    await (await openSqliteStore(path)).close();
    const file = new Database(path, { readonly: true });
    const server = await startPostgres();
    onTestFinished(async () => {
      file.close();
      rmSync(folder, { recursive: true });
      await server.stop();
    });
    const url = await server.newDatabase();
    await (await openStore(url)).close();
    const rows = (sql: string) => file.prepare(sql).raw().all() as unknown[][];
    expect(sorted(await query(url, POSTGRES_COLUMNS), POSTGRES_ONLY)).toEqual(
      sorted(rows(SQLITE_COLUMNS), SQLITE_ONLY),
    );
    expect(await query(url, POSTGRES_INDEXES)).toEqual(rows(INDEXES));
    expect(await query(url, 'SELECT version FROM assay_version')).toEqual(rows('SELECT version FROM assay_version'));
  });
});
