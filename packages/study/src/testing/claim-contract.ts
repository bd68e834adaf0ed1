import { expect, it } from 'vitest';
import { newOwner } from '../owner.js';
import type { NewStudy, StudyRecord, StudyStore } from '../study-store.js';
import {
  claim,
  complete,
  failed,
  LONG_MS,
  type OpenStore,
  openWithStudy,
  readTrial,
  SPACE,
  start,
  storeError,
} from './contract-fixtures.js';

/** Numbers, draws, the order of claims, `until`. */
export function itHandsOutTrials(open: OpenStore): void {
  it('claims a new trial: running, empty, with the next number and draw', async () => {
    const { store, study } = await openWithStudy(open);
    const first = await claim(store, study, newOwner());
    const second = await claim(store, study, newOwner());
    expect(first).toMatchObject({ number: 0, draw: 0, state: 'running', params: {}, note: null, retryOf: null });
    expect(first).toMatchObject({ values: [], constraints: [], reports: [], rungs: [], end: null, attributes: {} });
    expect(second).toMatchObject({ number: 1, draw: 1 });
    expect(second.id).toBeGreaterThan(first.id);
    expect(Math.abs((first.startedMs ?? 0) - Date.now())).toBeLessThan(LONG_MS);
    expect(first.finishedMs).toBeNull();
    expect(await store.readTrials(study.id)).toEqual([first, second]);
  });

  it('keeps an enqueued trial waiting with its fixed parameters, without a draw', async () => {
    const { store, study } = await openWithStudy(open);
    expect(await store.enqueueTrial(study.id, { x: 0.25 })).toBe(0);
    const waiting = { number: 0, state: 'waiting', params: { x: 0.25 }, draw: null, startedMs: null };
    expect(await readTrial(store, study, 0)).toMatchObject(waiting);
    const trial = await claim(store, study, newOwner());
    expect(trial).toMatchObject({ number: 0, state: 'running', params: { x: 0.25 }, draw: null });
    expect(trial.startedMs).not.toBeNull();
  });

  it('claims waiting trials first, the oldest first, and counts draws for new ones only', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    await claim(store, study, owner);
    await store.enqueueTrial(study.id, { x: 0.1 });
    await store.enqueueTrial(study.id, {});
    const claimed = [
      await claim(store, study, owner),
      await claim(store, study, owner),
      await claim(store, study, owner),
    ];
    expect(claimed.map(({ number, draw }) => [number, draw])).toEqual([
      [1, null],
      [2, null],
      [3, 1],
    ]);
  });

  it('claims a retry before what was enqueued after its first attempt', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    await store.enqueueTrial(study.id, { x: 0.1 });
    const { id } = await start(store, study, owner, { x: 0.1 });
    await store.enqueueTrial(study.id, { x: 0.2 });
    await store.finishTrial(id, owner, failed(true));
    expect(await claim(store, study, owner)).toMatchObject({ number: 2, retryOf: 0, params: { x: 0.1 } });
    expect(await claim(store, study, owner)).toMatchObject({ number: 1, retryOf: null });
  });

  it('gives the trial that was planned its parameters with the claim', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const planned = { number: 0, draw: 0, params: { x: 0.25 }, space: SPACE, note: { generation: 3 } };
    const claimed = await store.claimTrial(study.id, owner, null, planned);
    const expected = { number: 0, state: 'running', draw: 0, params: { x: 0.25 }, note: { generation: 3 } };
    expect(claimed).toMatchObject({ kind: 'claimed', trial: expected });
    const stored = await readTrial(store, study, 0);
    expect(claimed).toEqual({ kind: 'claimed', trial: stored });
    const again = store.writeParams(stored.id, owner, { x: 0.75 }, SPACE, null);
    await expect(again).rejects.toMatchObject(storeError('ILLEGAL_TRANSITION'));
    await store.finishTrial(stored.id, owner, failed(true));
    expect(await claim(store, study, owner)).toMatchObject({ params: { x: 0.25 }, draw: 0, retryOf: 0 });
  });

  it.each([
    { name: 'another number', number: 1, draw: 0 },
    { name: 'another draw', number: 0, draw: 1 },
  ])('leaves a trial without parameters that was planned as $name', async ({ number, draw }) => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const claimed = await store.claimTrial(study.id, owner, null, {
      ...{ number, draw, params: { x: 0.25 }, space: SPACE, note: 'n' },
    });
    expect(claimed).toMatchObject({ kind: 'claimed', trial: { number: 0, draw: 0, params: {}, note: null } });
    const { id } = await readTrial(store, study, 0);
    await store.writeParams(id, owner, { x: 0.75 }, SPACE, null);
    expect((await readTrial(store, study, 0)).params).toEqual({ x: 0.75 });
  });

  it('claims a waiting trial as it waits, whatever was planned', async () => {
    const { store, study } = await openWithStudy(open);
    await store.enqueueTrial(study.id, { x: 0.5 });
    const planned = { number: 0, draw: 0, params: { x: 0.25 }, space: SPACE, note: null };
    const claimed = await store.claimTrial(study.id, newOwner(), null, planned);
    expect(claimed).toMatchObject({ kind: 'claimed', trial: { number: 0, draw: null, params: { x: 0.5 } } });
  });

  it('reads trials from a number on, ascending', async () => {
    const { store, study } = await openWithStudy(open);
    for (let i = 0; i < 12; i++) await store.enqueueTrial(study.id, { x: i / 100 });
    expect((await store.readTrials(study.id, { from: 9 })).map(({ number }) => number)).toEqual([9, 10, 11]);
    expect((await store.readTrials(study.id)).map(({ params }) => params.x)).toEqual(
      Array.from({ length: 12 }, (_, i) => i / 100),
    );
    expect(await store.readTrials(study.id, { from: 12 })).toEqual([]);
  });

  it.each([
    { finished: 0, failures: 0, running: 0, until: 0, kind: 'done' },
    { finished: 0, failures: 0, running: 0, until: 1, kind: 'claimed' },
    { finished: 0, failures: 0, running: 1, until: 1, kind: 'full' },
    { finished: 1, failures: 0, running: 1, until: 2, kind: 'full' },
    { finished: 1, failures: 5, running: 0, until: 2, kind: 'claimed' },
    { finished: 2, failures: 0, running: 1, until: 2, kind: 'done' },
    { finished: 3, failures: 0, running: 0, until: 2, kind: 'done' },
    { finished: 3, failures: 0, running: 3, until: null, kind: 'claimed' },
  ])('until $until with $finished finished, $failures failed, $running running: $kind', async (row) => {
    for (const changes of [{}, SEVERAL]) await expectAnswer(row, changes);
  });

  async function expectAnswer(row: Counts & Expected, changes: Partial<NewStudy>): Promise<void> {
    const { store, study } = await openWithStudy(open, changes);
    await populate(store, study, row);
    const before = await store.readTrials(study.id);
    const answer = await store.claimTrial(study.id, newOwner(), row.until);
    expect(answer.kind).toBe(row.kind);
    expect((await store.readTrials(study.id)).length - before.length).toBe(row.kind === 'claimed' ? 1 : 0);
  }

  it('makes first trials together with their study', async () => {
    const enqueued = [{ params: { x: 0.25 }, attributes: { why: ['a person', 1] } }, { params: {} }];
    const { store, study } = await openWithStudy(open, { enqueued });
    expect(study).not.toHaveProperty('enqueued');
    expect(await store.readTrials(study.id)).toMatchObject([
      { number: 0, state: 'waiting', params: { x: 0.25 }, attributes: { why: ['a person', 1] }, draw: null },
      { number: 1, state: 'waiting', params: {}, attributes: {}, draw: null },
    ]);
    expect(await claim(store, study, newOwner())).toMatchObject({ number: 0, state: 'running', params: { x: 0.25 } });
  });

  it('keeps the attributes of an enqueued trial, beside its results and in its retries', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    await store.enqueueTrial(study.id, { x: 0.25 }, { confirms: 17, seen: 'no' });
    const first = await start(store, study, owner, { x: 0.25 });
    expect(first.attributes).toEqual({ confirms: 17, seen: 'no' });
    await store.finishTrial(first.id, owner, { ...failed(true), attributes: { seen: 'yes' } });
    const trials = await store.readTrials(study.id);
    expect(trials.map(({ attributes }) => attributes)).toEqual([
      { confirms: 17, seen: 'yes' },
      { confirms: 17, seen: 'no' },
    ]);
    const again = await start(store, study, owner, { x: 0.25 });
    await store.finishTrial(again.id, owner, { ...complete(1), attributes: { rows: 5 } });
    expect((await readTrial(store, study, 1)).attributes).toEqual({ confirms: 17, seen: 'no', rows: 5 });
  });

  it('holds waiting trials back too when until is reached', async () => {
    const { store, study } = await openWithStudy(open);
    await populate(store, study, { finished: 1, failures: 0, running: 0 });
    await store.enqueueTrial(study.id, { x: 0.5 });
    expect((await store.claimTrial(study.id, newOwner(), 1)).kind).toBe('done');
    expect((await readTrial(store, study, 1)).state).toBe('waiting');
  });
}

const SEVERAL = { directions: ['minimize', 'maximize'], metrics: ['mae', 'rate'] } as const;

interface Counts {
  readonly finished: number;
  readonly failures: number;
  readonly running: number;
}

interface Expected {
  readonly until: number | null;
  readonly kind: string;
}

/** Half of the finished trials are pruned ones: both kinds count. */
async function populate(store: StudyStore, study: StudyRecord, counts: Counts): Promise<void> {
  const owner = newOwner();
  const pruned = { state: 'pruned', values: [], end: { reason: 'pruned', message: 'stopped' }, retry: false } as const;
  for (let i = 0; i < counts.finished; i++) {
    const { id } = await start(store, study, owner);
    await store.finishTrial(id, owner, i % 2 === 0 ? complete(...study.directions.map(() => 1)) : pruned);
  }
  for (let i = 0; i < counts.failures; i++) {
    await store.finishTrial((await start(store, study, owner)).id, owner, failed(false));
  }
  for (let i = 0; i < counts.running; i++) await start(store, study, owner);
}
