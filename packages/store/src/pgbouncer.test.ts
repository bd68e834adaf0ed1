import { describeStudyStore } from '@assay/study/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from './open-store.js';
import { NO_PGBOUNCER, type PoolMode, startPgBouncer } from './pgbouncer.test.kit.js';
import { startPostgres, type TestServer, UsedDatabases } from './postgres-server.test.kit.js';
import { run } from './run-trials.test.child.js';
import { paramsOf } from './trial-runner.test.child.js';

const PROCESSES = 4;
const TRIALS = 40;

describe.skipIf(NO_PGBOUNCER !== '').each<{ mode: PoolMode; connections: number }>([
  { mode: 'transaction', connections: 2 },
  { mode: 'session', connections: 4 * PROCESSES },
])(`behind a PgBouncer that lends $connections connections by $mode${NO_PGBOUNCER}`, ({ mode, connections }) => {
  const databases = new UsedDatabases();
  let server: TestServer;
  let bouncer: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
    bouncer = await startPgBouncer(server, mode, connections);
  }, 60_000);
  afterAll(async () => {
    await bouncer.stop();
    await server.stop();
  });

  it('several processes run one study', async () => {
    const url = await bouncer.newDatabase();
    const orders = { store: url, until: TRIALS, enqueue: 0, pauseMs: 0, failures: false };
    const runners = Array.from({ length: PROCESSES }, () => run(orders));
    await Promise.all(runners.map(({ finished }) => finished));
    expect(runners.map(({ process }) => process.exitCode)).toEqual(runners.map(() => 0));
    const store = await openStore(url);
    const trials = await store.readTrials((await store.findStudy('shared'))!.id);
    await store.close();
    expect(trials.map(({ number, state }) => `${number} ${state}`)).toEqual(
      Array.from({ length: TRIALS }, (_, number) => `${number} complete`),
    );
    for (const { draw, params, values } of trials) {
      expect(params).toEqual(paramsOf(draw!));
      expect(values).toEqual([params.x]);
    }
  }, 60_000);

  if (process.env.ASSAY_FAULTS === 'all') {
    describeStudyStore(
      `postgres behind PgBouncer by ${mode}`,
      async () => openStore(await databases.take(bouncer)),
      (store) => openStore(store.url),
    );
  }
});
