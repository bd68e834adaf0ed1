import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { LATE_RESULT } from '../late-result.js';
import { newOwner } from '../owner.js';
import {
  claim,
  complete,
  deadOwner,
  LIMITS,
  LONG_MS,
  type OpenStore,
  openWithStudy,
  readTrial,
  remoteOwner,
  SPACE,
  start,
  storeError,
} from './contract-fixtures.js';

/** Who may touch a running trial, and what becomes of it when its process dies. */
export function itKeepsLeases(open: OpenStore): void {
  it('lets nobody but its owner touch a running trial', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const thief = newOwner(); // same host, same pid: only the token differs
    const { id } = await start(store, study, owner);
    const calls = [
      () => store.writeParams(id, thief, { x: 0.9 }, SPACE, null),
      () => store.writeReports(id, thief, [{ step: 1, value: 1 }]),
      () => store.writeRungs(id, thief, [1]),
      () => store.finishTrial(id, thief, complete(1)),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject(storeError('LEASE_LOST'));
    expect(await readTrial(store, study, 0)).toMatchObject({ state: 'running', params: { x: 0.5 }, reports: [] });
    await store.finishTrial(id, owner, complete(2));
    expect(await readTrial(store, study, 0)).toMatchObject({ state: 'complete', values: [2] });
  });

  it('ends the trials of a process that died, and enqueues them again', async () => {
    const { store, study } = await openWithStudy(open);
    const dead = deadOwner();
    const { id } = await start(store, study, dead, { x: 0.125 });
    await claim(store, study, dead); // died before its parameters were written
    await store.writeReports(id, dead, [{ step: 1, value: 3 }]);
    expect(await store.reapTrials(study.id, newOwner(), LIMITS, LONG_MS)).toEqual([0, 1]);
    const [first, second, ...retries] = await store.readTrials(study.id);
    expect(first).toMatchObject({ state: 'failed', values: [], end: { reason: 'process-died' }, params: { x: 0.125 } });
    expect(first?.finishedMs).not.toBeNull();
    expect(second).toMatchObject({ state: 'failed', end: { reason: 'process-died' } });
    expect(retries).toMatchObject([
      { state: 'waiting', params: { x: 0.125 }, draw: 0, retryOf: 0 },
      { state: 'waiting', params: {}, draw: 1, retryOf: 1 },
    ]);
    expect(await store.reapTrials(study.id, newOwner(), LIMITS, LONG_MS)).toEqual([]);
    expect(await store.readTrials(study.id)).toHaveLength(4);
  });

  it('keeps fixed parameters for the retry when the process died before it wrote them', async () => {
    const { store, study } = await openWithStudy(open);
    await store.enqueueTrial(study.id, { x: 0.25 });
    await claim(store, study, deadOwner());
    await store.reapTrials(study.id, newOwner(), LIMITS, LONG_MS);
    expect(await claim(store, study, newOwner())).toMatchObject({
      number: 1,
      params: { x: 0.25 },
      draw: null,
      retryOf: 0,
    });
  });

  it('gives a trial up after as many deaths as the limit allows, one more than that in all', async () => {
    const { store, study } = await openWithStudy(open);
    const deaths = [];
    for (let i = 0; i < 4; i++) {
      const { number, draw } = await start(store, study, deadOwner());
      deaths.push([number, draw]);
      await store.reapTrials(study.id, newOwner(), { workerDeaths: 0, processDeaths: 2 }, LONG_MS);
    }
    expect(deaths).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 1],
    ]);
  });

  it.each([
    { name: 'resumed on its own host', owner: deadOwner, openMs: 0, tries: 3 },
    { name: 'that others noticed while they ran', owner: deadOwner, openMs: LONG_MS, tries: 1 },
    { name: 'on another host', owner: remoteOwner, openMs: 0, tries: 1 },
  ])('tries a trial again $tries times at most whose process died, $name', async ({ owner, openMs, tries }) => {
    const { store, study } = await openWithStudy(open);
    const limits = { workerDeaths: 0, processDeaths: 1, resumedDeaths: 3 };
    const dead = owner();
    const draws: (number | null)[] = [];
    while (draws.at(-1) !== 1) {
      draws.push((await start(store, study, dead)).draw);
      await sleep(5); // for a lease of 1 ms to run out
      await store.reapTrials(study.id, newOwner(), limits, 1, openMs);
    }
    expect(draws).toEqual([0, ...Array(tries).fill(0), 1]);
  });

  it('leaves alone what lives: this process, its other owners, other hosts, what waits and what has ended', async () => {
    const { store, study } = await openWithStudy(open);
    const reaper = newOwner();
    const dead = deadOwner();
    await store.finishTrial((await start(store, study, dead)).id, dead, complete(1));
    for (const owner of [reaper, newOwner(), remoteOwner()]) await start(store, study, owner);
    await store.enqueueTrial(study.id, { x: 0.5 });
    const before = await store.readTrials(study.id);
    expect(await store.reapTrials(study.id, reaper, LIMITS, LONG_MS)).toEqual([]);
    expect(await store.readTrials(study.id)).toEqual(before);
  });

  it('ends trials whose lease ran out, not those whose owner renewed it, never the owner’s own', async () => {
    const { store, study } = await openWithStudy(open);
    const reaper = newOwner();
    const silent = remoteOwner();
    const alive = remoteOwner();
    for (const owner of [reaper, silent, alive, silent]) await start(store, study, owner);
    await sleep(1_500);
    await store.renewLeases(study.id, alive);
    expect(await store.reapTrials(study.id, reaper, LIMITS, 1_000)).toEqual([1, 3]);
    expect((await store.readTrials(study.id)).map(({ state }) => state)).toEqual([
      'running',
      'failed',
      'running',
      'failed',
      'waiting',
      'waiting',
    ]);
  });

  it('refuses the late result of a trial that was ended elsewhere, and keeps it as an attribute', async () => {
    const { store, study } = await openWithStudy(open);
    const dead = deadOwner();
    const { id } = await start(store, study, dead);
    await store.reapTrials(study.id, newOwner(), LIMITS, LONG_MS);
    for (const call of [
      () => store.writeReports(id, dead, [{ step: 1, value: 1 }]),
      () => store.writeRungs(id, dead, [1]),
      () => store.finishTrial(id, dead, complete(-Infinity)),
    ]) {
      await expect(call()).rejects.toMatchObject(storeError('LEASE_LOST'));
    }
    const trial = await readTrial(store, study, 0);
    expect(trial).toMatchObject({ state: 'failed', values: [], reports: [], end: { reason: 'process-died' } });
    expect(trial.attributes).toEqual({ [LATE_RESULT]: { state: 'complete', values: ['-Infinity'] } });
    await store.renewLeases(study.id, dead);
    expect(await readTrial(store, study, 0)).toEqual(trial);
  });

  it('makes room again when a running trial is reaped', async () => {
    const { store, study } = await openWithStudy(open);
    await start(store, study, deadOwner());
    expect((await store.claimTrial(study.id, newOwner(), 1)).kind).toBe('full');
    await store.reapTrials(study.id, newOwner(), LIMITS, LONG_MS);
    expect(await store.claimTrial(study.id, newOwner(), 1)).toMatchObject({ kind: 'claimed', trial: { retryOf: 0 } });
  });
}
