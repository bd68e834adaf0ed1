import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialRecord } from '@assay/study';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { openSqliteStore } from './open-store.js';
import { run } from './run-trials.test.child.js';
import { failsFirst, paramsOf, RUNNER_REPORTS } from './trial-runner.test.child.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-processes-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function readAll(path: string): Promise<readonly TrialRecord[]> {
  const store = await openSqliteStore(path);
  const study = await store.findStudy('shared');
  const trials = await store.readTrials(study!.id);
  await store.close();
  return trials;
}

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function expectWholeTrials(trials: readonly TrialRecord[], until: number): void {
  expect(trials.map(({ number }) => number)).toEqual(upTo(trials.length));
  expect(trials.filter(({ state }) => state === 'complete')).toHaveLength(until);
  expect(trials.filter(({ state }) => state === 'running')).toEqual([]);
  for (const trial of trials.filter(({ state }) => state === 'complete')) {
    expect(trial.params).toEqual({ ...paramsOf(trial.draw ?? trial.number), ...(trial.draw === null && { x: 0.5 }) });
    expect(trial.values).toEqual([trial.params.x]);
    expect(trial.reports).toHaveLength(RUNNER_REPORTS);
    expect(failsFirst(trial)).toBe(false);
  }
}

it('four processes on one new file lose no trial, double none, and stop exactly at the wanted count', async () => {
  const path = join(folder, 'shared.db');
  const orders = { path, until: 300, enqueue: 10, pauseMs: 0, failures: true };
  const runners = upTo(4).map(() => run(orders));
  const acknowledged = await Promise.all(runners.map(({ finished }) => finished));
  expect(runners.map(({ process }) => process.exitCode)).toEqual([0, 0, 0, 0]);

  const trials = await readAll(path);
  expectWholeTrials(trials, 300);
  const ended = trials.filter(({ state }) => state !== 'waiting').map(({ number }) => number);
  expect(ascending(acknowledged.flat())).toEqual(ended);
  const draws = trials.filter(({ retryOf }) => retryOf === null).flatMap(({ draw }) => draw ?? []);
  expect(ascending(draws)).toEqual(upTo(draws.length));
  expect(trials.filter((trial) => trial.draw === null && trial.state === 'complete')).toHaveLength(40);
});

it('survives the death of its writers at any moment: what was acknowledged stays, nothing is half there', async () => {
  const path = join(folder, 'killed.db');
  const orders = { path, until: 200, enqueue: 0, pauseMs: 1, failures: true };
  const acknowledged: number[] = [];
  for (const delayMs of [0, 3, 7, 13, 19, 29, 37, 43, 53, 61]) {
    const runners = [run(orders), run(orders)];
    await Promise.race(runners.flatMap(({ process, finished }) => [once(process.stdout!, 'data'), finished]));
    await sleep(delayMs);
    for (const { process } of runners) process.kill('SIGKILL');
    for (const { finished } of runners) acknowledged.push(...(await finished));
    const database = new Database(path);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  }
  acknowledged.push(...(await run(orders).finished));

  const trials = await readAll(path);
  expectWholeTrials(trials, 200);
  expect(trials.filter(({ end }) => end?.reason === 'process-died').length).toBeGreaterThan(0);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  for (const number of acknowledged) expect(['complete', 'failed']).toContain(trials[number]?.state);
  const finished = trials.filter(({ state }) => state === 'complete').map(({ draw }) => draw ?? -1);
  expect(new Set(finished).size).toBe(finished.length);
});
