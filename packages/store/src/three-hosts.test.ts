import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from './open-store.js';
import { NO_POSTGRES, query, startPostgres, type TestServer } from './postgres-server.test.kit.js';
import { run } from './run-trials.test.child.js';

/** Hosts are network namespaces, each with a cable to this machine and a name of its own. */
const HOSTS = [1, 2, 3].map((i) => ({
  name: `assay-${process.pid}-${i}`,
  cable: `as${process.pid}-${i}`,
  near: `10.231.${i}.1`,
  far: `10.231.${i}.2`,
}));
type Host = (typeof HOSTS)[number];

const ip = (...args: readonly string[]): void => void execFileSync('ip', args, { stdio: 'pipe' });

function connectHost({ name, cable, near, far }: Host): void {
  ip('netns', 'add', name);
  ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  ip('addr', 'add', `${near}/24`, 'dev', cable);
  ip('link', 'set', cable, 'up');
  ip('-n', name, 'addr', 'add', `${far}/24`, 'dev', 'eth0');
  ip('-n', name, 'link', 'set', 'eth0', 'up');
}

/** The command that runs the following one on a host. */
const on = ({ name }: Host): readonly string[] => [
  ...['ip', 'netns', 'exec', name, 'unshare', '--uts'],
  ...['sh', '-c', 'hostname "$0" && exec "$@"', name],
];

function whyNot(): string {
  if (NO_POSTGRES !== '') return NO_POSTGRES;
  if (process.env.ASSAY_FAULTS !== 'all') return ' (skipped: set ASSAY_FAULTS=all)';
  if (process.env.ASSAY_POSTGRES !== undefined) return ' (skipped: unset ASSAY_POSTGRES, it needs a server of its own)';
  const name = `assay-try-${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0) return ' (skipped: network namespaces need ip and root)';
  ip('netns', 'del', name);
  return '';
}

/** Trials that run on a host and have told one report of theirs. */
const betweenReportsOf = (host: string): string => `SELECT t.number FROM trials t JOIN assay_trials a USING (trial_id)
  JOIN assay_owners o USING (owner_id) JOIN trial_intermediate_values v USING (trial_id)
  WHERE t.state = 'RUNNING' AND o.host = '${host}' GROUP BY t.number HAVING count(*) = 1`;

const SKIPPED = whyNot();
const UNTIL = 600;
const GRACE_MS = 3_000;
/** Longer than the server keeps a transaction open whose client is silent: its locks keep others from reaping the trial. */
const CUT_MS = 15_000;

describe.skipIf(SKIPPED !== '')(`three hosts on one PostgreSQL server${SKIPPED}`, () => {
  let server: TestServer;
  beforeAll(async () => {
    for (const host of HOSTS) connectHost(host);
    server = await startPostgres(HOSTS.map(({ near }) => near));
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    for (const { name } of HOSTS) ip('netns', 'del', name);
  }, 60_000);

  it('go on without one that is cut off, and with it when it comes back', { timeout: 180_000 }, async () => {
    const url = await server.newDatabase();
    const runners = HOSTS.map((host, i) => {
      const pauseMs = i === 0 ? 500 : 50; // the first is to be cut off within a pause
      const store = url.replace('127.0.0.1', host.near);
      return run({ store, until: UNTIL, enqueue: 0, pauseMs, failures: false, graceMs: GRACE_MS }, on(host));
    });
    await Promise.all(runners.map(({ process }) => once(process.stdout!, 'data')));
    const { cable, name } = HOSTS[0]!;
    while ((await query(url, betweenReportsOf(name))).length === 0) await sleep(20);
    ip('link', 'set', cable, 'down');
    await sleep(CUT_MS);
    ip('link', 'set', cable, 'up');
    const backMs = Date.now();
    const acknowledged = (await Promise.all(runners.map(({ finished }) => finished))).flat();
    expect(runners.map(({ process }) => process.exitCode)).toEqual([0, 0, 0]);

    const store = await openStore(url);
    const trials = await store.readTrials((await store.findStudy('shared'))!.id);
    await store.close();
    expect(trials.map(({ number }) => number)).toEqual(trials.map((_, i) => i));
    expect(trials.filter(({ state }) => state === 'complete')).toHaveLength(UNTIL);
    expect(trials.filter(({ state }) => state === 'running')).toEqual([]);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    for (const number of acknowledged) expect(trials[number]?.state).toBe('complete');
    const dead = trials.filter(({ end }) => end?.reason === 'process-died');
    expect(dead.map(({ end }) => end?.message)).toContainEqual(
      expect.stringMatching(new RegExp(`on ${name}\\) has given no sign of life for`)),
    );
    const late = trials.filter(({ attributes, startedMs }) => attributes.host === name && (startedMs ?? 0) > backMs);
    expect(late.length).toBeGreaterThan(0);
  });
});
