import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from './open-store.js';
import { itAgreesWithOptuna, NO_DRIVER, optuna } from './optuna-agreement.test.kit.js';
import { NO_POSTGRES, query, startPostgres, type TestServer } from './postgres-server.test.kit.js';

const SKIPPED = NO_DRIVER === '' ? NO_POSTGRES : NO_DRIVER;

const COLUMNS = `SELECT table_name, column_name, udt_name, character_maximum_length, is_nullable, column_default IS NOT NULL
  FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE 'assay%'
  ORDER BY table_name, ordinal_position`;

const CONSTRAINTS = `SELECT c.conrelid::regclass::text, pg_get_constraintdef(c.oid) FROM pg_constraint c
  JOIN pg_namespace n ON n.oid = c.connamespace
  WHERE n.nspname = current_schema() AND c.conrelid::regclass::text NOT LIKE 'assay%' ORDER BY 1, 2`;

const INDEXES = `SELECT tablename, indexname FROM pg_indexes
  WHERE schemaname = current_schema() AND tablename NOT LIKE 'assay%' AND indexname NOT LIKE 'assay%' ORDER BY 1, 2`;

const LABELS = `SELECT t.typname, array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_type t
  JOIN pg_enum e ON e.enumtypid = t.oid JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE n.nspname = current_schema() GROUP BY 1 ORDER BY 1`;

describe.skipIf(SKIPPED !== '')(`Optuna's own package agrees on PostgreSQL${SKIPPED}`, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);

  itAgreesWithOptuna(() => server.newDatabase());

  it('makes the same columns, keys, indexes and enumerations', async () => {
    const [ours, theirs] = [await server.newDatabase(), await server.newDatabase()];
    await (await openStore(ours)).close();
    optuna('make', theirs);
    for (const sql of [COLUMNS, CONSTRAINTS, INDEXES, LABELS]) {
      const rows = await query(ours, sql);
      expect(rows.length).toBeGreaterThan(3);
      expect(rows).toEqual(await query(theirs, sql));
    }
  });
});
