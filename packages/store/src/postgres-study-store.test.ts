import { describeStudyStore } from '@assay/study/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from './open-store.js';
import { NO_POSTGRES, startPostgres, type TestServer, UsedDatabases } from './postgres-server.test.kit.js';

describe.skipIf(NO_POSTGRES !== '')(`on a PostgreSQL server${NO_POSTGRES}`, () => {
  const databases = new UsedDatabases();
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop());

  describeStudyStore(
    'postgres',
    async () => openStore(await databases.take(server)),
    (store) => openStore(store.url),
  );
});
