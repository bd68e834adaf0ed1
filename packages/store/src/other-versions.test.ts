import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFINITION_DEFAULTS, newOwner, type StudyStore } from '@assay/study';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from './open-store.js';
import { PRIVATE_SCHEMA_VERSION } from './schema-versions.js';

/** A file that version 1 wrote: see the dump for what it holds. */
function versionOne(changes = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-version-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'one.db');
  const database = new Database(path);
  database.exec(readFileSync(join(import.meta.dirname, '../src/fixtures/version-1.sql'), 'utf8'));
  database.exec(changes);
  database.close();
  return path;
}

async function open(path: string): Promise<StudyStore> {
  const store = await openSqliteStore(path);
  onTestFinished(() => store.close());
  return store;
}

const PARAMS = { batch: 'all', optimizer: 'sgd' };

it('reads what version 1 wrote, counts and ranks it', async () => {
  const store = await open(versionOne());
  const [digits, two] = await store.listStudies();
  expect(await store.readTrials(digits!.id)).toMatchObject([
    {
      ...{ number: 0, state: 'complete', params: { x: 0.1 + 0.2, ...PARAMS }, values: [0.25], constraints: [-1] },
      ...{ note: { generation: 3 }, attributes: { ü: [1, null] }, draw: 0 },
      reports: [
        { step: 1, value: Number.NaN },
        { step: 2, value: 0.5 },
      ],
    },
    { number: 1, state: 'pruned', params: { x: 0.5, ...PARAMS }, values: [Infinity], end: { reason: 'diverged' } },
    { number: 2, state: 'failed', params: { x: 0.75, ...PARAMS }, values: [], end: { reason: 'worker-died' } },
    { number: 3, state: 'waiting', params: { x: 0.75, ...PARAMS }, retryOf: 2, draw: 2 },
    { number: 4, state: 'waiting', params: { x: 0.125 }, attributes: { why: 'a person' }, draw: null },
  ]);
  expect(await store.readTrials(two!.id)).toMatchObject([
    { state: 'pruned', values: [], end: { reason: 'pruned' } },
    { state: 'complete', values: [1, -Infinity] },
    { state: 'running', params: {} },
  ]);
  expect(await store.countTrials(digits!.id)).toEqual({ waiting: 2, running: 0, complete: 1, pruned: 1, failed: 1 });
  expect(await store.countTrials(two!.id)).toEqual({ waiting: 0, running: 1, complete: 1, pruned: 1, failed: 0 });
  expect(await store.rankTrials(two!.id, { objective: 1, limit: 5 })).toMatchObject([{ number: 1 }]);
  expect(await store.readPrior(digits!.id)).toHaveLength(1);
});

it('reads what version 1 wrote from our own rows from then on', async () => {
  const path = versionOne();
  const store = await open(path);
  const studies = await store.listStudies();
  const before = await Promise.all(studies.map(({ id }) => store.readTrials(id)));
  const database = new Database(path);
  onTestFinished(() => void database.close());
  const ended = `trial_id IN (SELECT trial_id FROM trials WHERE state IN ('COMPLETE', 'PRUNED', 'FAIL'))`;
  for (const table of ['trial_params', 'trial_values']) database.exec(`DELETE FROM ${table} WHERE ${ended}`);
  expect(await Promise.all(studies.map(({ id }) => store.readTrials(id)))).toEqual(before);
});

it('goes on with it', async () => {
  const path = versionOne();
  const store = await open(path);
  const { id } = (await store.findStudy('digits'))!;
  const owner = newOwner();
  const claims = [await store.claimTrial(id, owner, 9), await store.claimTrial(id, owner, 9)];
  claims.push(await store.claimTrial(id, owner, 5));
  expect(claims).toMatchObject([
    { trial: { number: 3, params: { x: 0.75, ...PARAMS }, draw: 2 } },
    { trial: { number: 4, params: { x: 0.125 } } },
    { trial: { number: 5, draw: 3, params: {} } },
  ]);
  expect(await store.claimTrial(id, owner, 5)).toEqual({ kind: 'full' });
  const again = await open(path);
  expect(await again.readTrials(id)).toEqual(await store.readTrials(id));
  const database = new Database(path, { readonly: true });
  onTestFinished(() => void database.close());
  expect(database.prepare('SELECT version FROM assay_version').all()).toEqual([{ version: PRIVATE_SCHEMA_VERSION }]);
});

it('completes what the first files of version 1 lack', async () => {
  const withoutPriors = 'DROP TRIGGER assay_prior_deleted; DROP TABLE assay_priors;';
  const earlier = `UPDATE assay_studies SET definition_json = json_remove(definition_json,
    '$.budget', '$.repeats', '$.pruneMetric', '$.warmStart', '$.confirms')`;
  const store = await open(versionOne(`${withoutPriors} ${earlier}`));
  const study = (await store.findStudy('digits'))!;
  expect(study.definition).toMatchObject({ ...DEFINITION_DEFAULTS, seed: 7 });
  expect(await store.readPrior(study.id)).toEqual([]);
  const trial = { number: 0, state: 'complete', params: { x: 1 }, values: [1] } as const;
  const prior = [{ ...trial, constraints: [], reports: [], note: null }];
  const { definition } = study;
  const later = await store.createStudy({ ...study, name: 'later', definition: definition!, prior });
  expect(await store.readPrior(later.id)).toEqual(prior);
});

it.each([
  { name: 'a later Assay', script: 'UPDATE assay_version SET version = 99', message: /version 99.*update Assay/ },
  { name: 'a later Optuna', script: "UPDATE alembic_version SET version_num = 'v9.0.0.a'", message: /v9\.0\.0\.a/ },
])('reads what $name wrote, and leaves it as it is', async ({ script, message }) => {
  const path = versionOne();
  await (await openSqliteStore(path)).close();
  const database = new Database(path);
  database.exec(script);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const before = readFileSync(path);
  const store = await open(path);
  expect(store.readOnly).toMatch(message);
  const study = (await store.findStudy('digits'))!;
  expect(await store.readTrials(study.id)).toHaveLength(5);
  expect(await store.rankTrials(study.id, { limit: 1 })).toMatchObject([{ number: 0 }]);
  const refused = { code: 'INCOMPATIBLE_SCHEMA', message: expect.stringMatching(message) };
  await expect(store.claimTrial(study.id, newOwner(), null)).rejects.toMatchObject(refused);
  await expect(store.deleteStudy(study.id)).rejects.toMatchObject(refused);
  await store.close();
  expect(readFileSync(path).equals(before)).toBe(true);
});
