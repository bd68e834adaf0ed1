import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialRecord } from '@assay/study';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from './open-store.js';
import { NO_POSTGRES, startPostgres, type TestServer } from './postgres-server.test.kit.js';
import { type Runner, run } from './run-trials.test.child.js';
import { failsFirst, paramsOf, RUNNER_REPORTS } from './trial-runner.test.child.js';

/** `npm test` runs a short version; CI sets `ASSAY_FAULTS=all` for the one that the store promises. */
const SIZES =
  process.env.ASSAY_FAULTS === 'all'
    ? { processes: 8, trials: 400, kills: 50, killedTrials: 800 }
    : { processes: 4, trials: 150, kills: 8, killedTrials: 120 };

async function readAll(url: string): Promise<readonly TrialRecord[]> {
  const store = await openStore(url);
  const study = await store.findStudy('shared');
  const trials = await store.readTrials(study!.id);
  await store.close();
  return trials;
}

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** @param fewest reports of a complete trial: a server that crashes may lose those that no later commit has made durable */
function expectWholeTrials(trials: readonly TrialRecord[], until: number, fewest = RUNNER_REPORTS): void {
  expect(trials.map(({ number }) => number)).toEqual(upTo(trials.length));
  expect(trials.filter(({ state }) => state === 'complete')).toHaveLength(until);
  expect(trials.filter(({ state }) => state === 'running')).toEqual([]);
  for (const trial of trials.filter(({ state }) => state === 'complete')) {
    expect(trial.params).toEqual({ ...paramsOf(trial.draw ?? trial.number), ...(trial.draw === null && { x: 0.5 }) });
    expect(trial.values).toEqual([trial.params.x]);
    expect(trial.reports.length).toBeGreaterThanOrEqual(fewest);
    expect(trial.reports.length).toBeLessThanOrEqual(RUNNER_REPORTS);
    expect(failsFirst(trial)).toBe(false);
  }
}

/** Several processes until the study is done. Returns the trials whose ends were acknowledged, in any order. */
async function runTogether(url: string, meanwhile: (runners: readonly Runner[]) => Promise<void>): Promise<number[]> {
  const orders = { store: url, until: SIZES.trials, enqueue: 5, pauseMs: 0, failures: true };
  const runners = upTo(SIZES.processes).map(() => run(orders));
  const [acknowledged] = await Promise.all([Promise.all(runners.map(({ finished }) => finished)), meanwhile(runners)]);
  expect(runners.map(({ process }) => process.exitCode)).toEqual(runners.map(() => 0));
  return acknowledged.flat();
}

function expectSharedFairly(trials: readonly TrialRecord[], acknowledged: readonly number[], fewest?: number): void {
  expectWholeTrials(trials, SIZES.trials, fewest);
  const ended = trials.filter(({ state }) => state !== 'waiting').map(({ number }) => number);
  expect(ascending(acknowledged)).toEqual(ended);
  const draws = trials.filter(({ retryOf }) => retryOf === null).flatMap(({ draw }) => draw ?? []);
  expect(ascending(draws)).toEqual(upTo(draws.length));
  const enqueued = trials.filter((trial) => trial.draw === null && trial.state === 'complete');
  expect(enqueued).toHaveLength(5 * SIZES.processes);
}

/** Pairs of processes, killed at another moment each time; then one that is left alone. */
async function survivesKills(url: string, afterEach: () => void): Promise<void> {
  const orders = { store: url, until: SIZES.killedTrials, enqueue: 0, pauseMs: 1, failures: true };
  const acknowledged: number[] = [];
  for (let round = 0; round < SIZES.kills; round++) {
    const runners = [run(orders), run(orders)];
    await Promise.race(runners.flatMap(({ process, finished }) => [once(process.stdout!, 'data'), finished]));
    await sleep((round * 17) % 67);
    for (const { process } of runners) process.kill('SIGKILL');
    for (const { finished } of runners) acknowledged.push(...(await finished));
    afterEach();
  }
  acknowledged.push(...(await run(orders).finished));

  const trials = await readAll(url);
  expectWholeTrials(trials, SIZES.killedTrials);
  expect(trials.filter(({ end }) => end?.reason === 'process-died').length).toBeGreaterThan(0);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  for (const number of acknowledged) expect(['complete', 'failed']).toContain(trials[number]?.state);
  const finished = trials.filter(({ state }) => state === 'complete').map(({ draw }) => draw ?? -1);
  expect(new Set(finished).size).toBe(finished.length);
}

const SHARED = `${SIZES.processes} processes on one new store lose no trial, double none, and stop exactly at the wanted count`;
const KILLED = 'survives the death of its writers at any moment: what was acknowledged stays, nothing is half there';
const RESTARTS = process.env.ASSAY_FAULTS === 'all' ? (['fast', 'crash'] as const) : (['fast'] as const);
const LONG_MS = 600_000;

describe('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-processes-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it(SHARED, { timeout: LONG_MS }, async () => {
    const path = join(folder, 'shared.db');
    const acknowledged = await runTogether(path, async () => undefined);
    expectSharedFairly(await readAll(path), acknowledged);
  });

  it(KILLED, { timeout: LONG_MS }, async () => {
    const path = join(folder, 'killed.db');
    await survivesKills(path, () => {
      const database = new Database(path);
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      database.close();
    });
  });
});

describe.skipIf(NO_POSTGRES !== '')(`PostgreSQL${NO_POSTGRES}`, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);

  it.each(RESTARTS)(`${SHARED}, while the server is restarted: %s`, { timeout: LONG_MS }, async (how) => {
    const url = await server.newDatabase();
    let restarts = 0;
    const acknowledged = await runTogether(url, async (runners) => {
      await once(runners[0]!.process.stdout!, 'data');
      for (; server.restart !== null && restarts < 2; restarts++) {
        await sleep(500);
        await server.restart(how);
      }
    });
    expect(restarts).toBe(server.restart === null ? 0 : 2);
    expectSharedFairly(await readAll(url), acknowledged, how === 'crash' ? 0 : RUNNER_REPORTS);
  });

  it(KILLED, { timeout: LONG_MS }, async () => {
    await survivesKills(await server.newDatabase(), () => undefined);
  });
});
