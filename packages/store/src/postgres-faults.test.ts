import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { DEFINITION_DEFAULTS, newOwner, type StudyStore } from '@assay/study';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from './open-store.js';
import { PostgresDatabase } from './postgres-database.js';
import { NO_POSTGRES, query, schemaOf, startPostgres, type TestServer } from './postgres-server.test.kit.js';
import { SqlStudyStore } from './sql-study-store.js';
import { RUNNER_SPACE } from './trial-runner.test.child.js';

const DEFINITION = { ...DEFINITION_DEFAULTS, space: RUNNER_SPACE, sampler: null, pruner: null, seed: 1, facts: {} };
const STUDY = { name: 'a', directions: ['minimize'], metrics: ['loss'], definition: DEFINITION } as const;
const COMPLETE = { state: 'complete', values: [1], end: null, retry: false } as const;

/**
 * Where a connection is cut: before the server hears of the COMMIT, or before its answer comes back. Or nothing is cut, and
 * either side waits for the other forever.
 */
type Cut = 'request' | 'answer' | 'silent request' | 'silent answer';

/** Stands between us and the server, and cuts the connection at the next COMMIT once it is told to. */
class CuttingProxy {
  #cut: Cut | null = null;
  #cuts = 0;
  #server: Server | null = null;

  get cuts(): number {
    return this.#cuts;
  }

  /** Returns the URL that leads through the proxy. */
  async start(url: string): Promise<string> {
    const through = new URL(url);
    const port = Number(through.port);
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      for (const socket of [near, far]) socket.on('error', () => undefined);
      far.on('close', () => near.destroy());
      near.on('close', () => far.destroy());
      far.on('data', (data) => near.write(data));
      near.on('data', (data) => {
        const cut = data.includes('COMMIT\0') ? this.#cut : null;
        if (cut === 'request') near.destroy();
        else if (cut !== 'silent request') far.write(data);
        if (cut?.startsWith('silent')) near.removeAllListeners('close'); // the server hears nothing of that either
        if (cut === 'silent answer') far.removeAllListeners('data');
        if (cut === 'answer') far.removeAllListeners('data').once('data', () => near.destroy());
        if (cut === null) return;
        this.#cut = null;
        this.#cuts += 1;
      });
    }).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    through.port = String((this.#server.address() as AddressInfo).port);
    return through.href;
  }

  cutNext(cut: Cut): void {
    this.#cut = cut;
  }

  stop(): void {
    this.#server?.close();
  }
}

async function claim(store: StudyStore, studyId: number, owner: ReturnType<typeof newOwner>): Promise<number> {
  const claimed = await store.claimTrial(studyId, owner, null);
  if (claimed.kind !== 'claimed') throw new Error(claimed.kind);
  return claimed.trial.id;
}

/** With a silent request the server keeps the transaction and its locks for ten seconds before it gives the client up. */
const SILENCES: readonly Cut[] =
  process.env.ASSAY_FAULTS === 'all' ? ['silent answer', 'silent request'] : ['silent answer'];

describe.skipIf(NO_POSTGRES !== '')(`PostgreSQL in trouble${NO_POSTGRES}`, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);

  it.each(['request', 'answer'] as const)(
    'does everything once when the connection is cut in COMMIT: the %s is lost',
    async (cut) => {
      const proxy = new CuttingProxy();
      const store = await openStore(await proxy.start(await server.newDatabase()));
      onTestFinished(async () => {
        await store.close();
        proxy.stop();
      });
      const owner = newOwner();
      proxy.cutNext(cut);
      const { id } = await store.createStudy(STUDY);
      proxy.cutNext(cut);
      expect(await store.enqueueTrial(id, { x: 0.5 })).toBe(0);
      proxy.cutNext(cut);
      const trialId = await claim(store, id, owner);
      proxy.cutNext(cut);
      await store.writeParams(trialId, owner, { x: 0.5 }, RUNNER_SPACE, null);
      proxy.cutNext(cut);
      await store.writeReports(trialId, owner, [{ step: 1, value: 2 }]);
      proxy.cutNext(cut);
      await store.finishTrial(trialId, owner, COMPLETE);
      expect(proxy.cuts).toBe(6);
      expect(await store.listStudies()).toMatchObject([{ id, name: 'a' }]);
      expect(await store.readTrials(id)).toMatchObject([
        { state: 'complete', params: { x: 0.5 }, reports: [{ step: 1, value: 2 }], values: [1], attributes: {} },
      ]);
    },
  );

  it.each(SILENCES)('does everything once when the network swallows a COMMIT: %s', { timeout: 60_000 }, async (cut) => {
    const url = await server.newDatabase();
    await (await openStore(url)).close();
    const proxy = new CuttingProxy();
    const timeouts = { lockTimeoutMs: 300, answerTimeoutMs: 600, patienceMs: 30_000 };
    const database = new PostgresDatabase({ connection: await proxy.start(url), url, ...timeouts });
    const store = new SqlStudyStore(database);
    onTestFinished(async () => {
      proxy.stop();
      await store.close();
    });
    const { id } = await store.createStudy(STUDY);
    proxy.cutNext(cut);
    expect(await store.enqueueTrial(id, { x: 0.5 })).toBe(0);
    expect(proxy.cuts).toBe(1);
    expect(await store.enqueueTrial(id, { x: 0.25 })).toBe(1);
    expect(await store.readTrials(id)).toMatchObject([{ params: { x: 0.5 } }, { params: { x: 0.25 } }]);
  });

  it('loses nothing acknowledged when the server crashes, and goes on by itself', async ({ skip }) => {
    if (server.restart === null) skip('the server that ASSAY_POSTGRES names is not ours to stop');
    const store = await openStore(await server.newDatabase());
    onTestFinished(() => store.close());
    const { id } = await store.createStudy(STUDY);
    const owner = newOwner();
    const first = await claim(store, id, owner);
    await store.writeParams(first, owner, { x: 0.25 }, RUNNER_SPACE, null);
    const restarted = server.restart!('crash');
    await store.finishTrial(first, owner, COMPLETE);
    const second = await claim(store, id, owner);
    await restarted;
    expect(await store.readTrials(id)).toMatchObject([
      { id: first, state: 'complete', params: { x: 0.25 } },
      { id: second, state: 'running' },
    ]);
  });

  it('gives up after its patience, and says what it tried', async ({ skip }) => {
    const proxy = new CuttingProxy();
    const store = await openStore(await proxy.start(await server.newDatabase()), { patienceMs: 300 });
    onTestFinished(() => store.close());
    const { id } = await store.createStudy(STUDY);
    if (server.restart === null) skip('the server that ASSAY_POSTGRES names is not ours to stop');
    proxy.stop();
    await server.restart!('fast');
    await expect(store.claimTrial(id, newOwner(), null)).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
      message: expect.stringMatching(/cannot be reached \(ECONNREFUSED.*\) after \d+ attempts in \d s: check that/),
    });
  });

  it('waits for a lock as long as it was told, and names the lock', async () => {
    const url = await server.newDatabase();
    const store = await openStore(url, { busyTimeoutMs: 100 });
    onTestFinished(() => store.close());
    const { id } = await store.createStudy(STUDY);
    const held = query(url, 'BEGIN; SELECT * FROM studies FOR UPDATE; SELECT pg_sleep(1.5); ROLLBACK');
    await query(url, 'SELECT pg_sleep(0.3)');
    await expect(store.claimTrial(id, newOwner(), null)).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
      message: expect.stringContaining('is locked'),
    });
    await held;
    await claim(store, id, newOwner());
  });

  it('keeps times in UTC whatever the session says of zones and formats', async () => {
    const url = new URL(await server.newDatabase());
    const options = `${url.searchParams.get('options')} -cTimeZone=America/New_York -cDateStyle=German`;
    url.searchParams.set('options', options);
    const store = await openStore(url.href);
    onTestFinished(() => store.close());
    const { id } = await store.createStudy(STUDY);
    const before = Date.now();
    await claim(store, id, newOwner());
    const [trial] = await store.readTrials(id);
    expect(trial?.startedMs).toBeGreaterThanOrEqual(before);
    expect(trial?.startedMs).toBeLessThanOrEqual(Date.now());
    expect(await store.reapTrials(id, newOwner(), { workerDeaths: 1, processDeaths: 1 }, 60_000)).toEqual([]);
  });

  it('keeps what an error says without the NUL that PostgreSQL cannot store, and refuses it in a name', async () => {
    const store = await openStore(await server.newDatabase());
    onTestFinished(() => store.close());
    const { id } = await store.createStudy(STUDY);
    const owner = newOwner();
    const end = { reason: 'threw', message: 'bad byte \0 in row 3', stack: 'at \0' } as const;
    await store.finishTrial(await claim(store, id, owner), owner, { state: 'failed', values: [], end, retry: false });
    expect((await store.readTrials(id))[0]?.end?.message).toBe('bad byte \uFFFD in row 3');
    const named = store.createStudy({ ...STUDY, name: 'a\0b' });
    await expect(named).rejects.toMatchObject({ code: 'INVALID_VALUE', message: expect.stringContaining('NUL') });
  });

  it('needs studies to be there when it is told so, and makes no tables then', async () => {
    const url = await server.newDatabase();
    await expect(openStore(url, { mustExist: true })).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    const tables = 'SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()';
    expect(await query(url, tables)).toEqual([['0']]);
    await (await openStore(url)).close();
    await (await openStore(url, { mustExist: true })).close();
  });

  it('is read by a user who may only read', async () => {
    const owners = await server.newDatabase();
    const store = await openStore(owners);
    onTestFinished(() => store.close());
    const study = await store.createStudy(STUDY);
    const role = `reader_${process.pid}`;
    const schema = schemaOf(owners);
    await query(owners, `CREATE ROLE ${role}; GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
    onTestFinished(async () => void (await query(owners, `DROP OWNED BY ${role}; DROP ROLE ${role}`)));
    await query(owners, `GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role}`);
    const url = new URL(owners);
    url.searchParams.set('options', `-csearch_path=${schema} -crole=${role}`);
    const reader = await openStore(url.href, { mustExist: true });
    onTestFinished(() => reader.close());
    expect(await reader.findStudy('a')).toEqual(study);
    await expect(reader.enqueueTrial(study.id, {})).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
      message: expect.stringContaining('may not be changed by this user'),
    });
  });

  it('leaves another program’s tables alone', async () => {
    const url = await server.newDatabase();
    await query(url, 'CREATE TABLE invoices (id INTEGER)');
    await expect(openStore(url)).rejects.toMatchObject({
      code: 'INCOMPATIBLE_SCHEMA',
      message: expect.stringMatching(/another program.*invoices/),
    });
  });

  it('is made by any number of processes at once', async () => {
    const url = await server.newDatabase();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(url)));
    const made = await Promise.allSettled(stores.map((store) => store.createStudy(STUDY)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of made) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'STUDY_EXISTS' });
    }
    for (const store of stores) await store.close();
  });

  it('says that a database does not exist, with its password masked', async () => {
    const url = new URL(await server.newDatabase());
    url.pathname = '/nowhere';
    url.password = 'secret';
    await expect(openStore(url.href)).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
      message: expect.stringMatching(/^(?!.*secret).*:\*\*\*@.*nowhere.*does not exist.*createdb/s),
    });
  });
});

it.each([
  { name: 'nobody listens', url: 'postgresql://me:secret@127.0.0.1:1/db', message: /cannot be reached \(ECONNREFUSED/ },
  { name: 'no such socket', url: 'postgresql://me:secret@/db?host=/no/such', message: /cannot be reached \(ENOENT/ },
  {
    name: 'no such host',
    url: 'postgresql://me:secret@no-such-host.invalid/db',
    message: /cannot be reached \(E(NOT|AI)/,
  },
])('a server that is not there is told at once: $name', async ({ url, message }) => {
  await expect(openStore(url)).rejects.toMatchObject({
    code: 'DATABASE_FAILED',
    message: expect.stringMatching(message),
  });
  await expect(openStore(url)).rejects.toMatchObject({ message: expect.not.stringContaining('secret') });
});

it('a URL that cannot be read says what to escape in the password, without showing it', async () => {
  await expect(openStore('postgresql://me:se/cret@host/db')).rejects.toMatchObject({
    code: 'BAD_URL',
    message: expect.stringMatching(/^(?!.*cret).*is no URL.*%2F/),
  });
});
