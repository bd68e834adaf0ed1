import { expect, it } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import { newOwner } from './owner.js';
import { complete, newStudy, start } from './testing/contract-fixtures.js';
import type { TrialQuery } from './trial-query.js';
import type { TrialRecord } from './trial-record.js';
import { TrialView } from './trial-view.js';

/** A store that tells how much was read of it, and can hold an answer back. */
class CountingStore extends MemoryStudyStore {
  readonly reads: { readonly from: number; readonly trials: number }[] = [];
  hold: Promise<void> = Promise.resolve();

  override async readTrials(studyId: number, query: TrialQuery = {}): Promise<readonly TrialRecord[]> {
    const trials = await super.readTrials(studyId, query);
    this.reads.push({ from: query.from ?? 0, trials: trials.length });
    await this.hold;
    return trials;
  }
}

async function open() {
  const store = new CountingStore();
  const study = await store.createStudy(newStudy());
  const owner = newOwner();
  return { store, study, owner, view: new TrialView(store, study) };
}

it('reads a finished trial once, however many syncs there are', async () => {
  const { store, study, owner, view } = await open();
  for (let i = 0; i < 5; i++) {
    const { id } = await start(store, study, owner);
    await view.sync();
    await store.finishTrial(id, owner, complete(i));
  }
  await view.sync();
  const settled = [...view.trials];
  await start(store, study, owner);
  await view.sync();
  expect(store.reads).toEqual([
    { from: 0, trials: 1 },
    { from: 0, trials: 2 },
    { from: 1, trials: 2 },
    { from: 2, trials: 2 },
    { from: 3, trials: 2 },
    { from: 4, trials: 1 },
    { from: 5, trials: 1 },
  ]);
  expect(view.trials.slice(0, 5).every((trial, number) => trial === settled[number])).toBe(true);
  expect(view.trials).toEqual(await store.readTrials(study.id));
});

it('keeps what was patched while an older read was on its way', async () => {
  const { store, study, owner, view } = await open();
  const { id, number } = await start(store, study, owner);
  await view.sync();
  let release: () => void = () => undefined;
  store.hold = new Promise((resolve) => {
    release = resolve;
  });
  const sync = view.sync();
  await Promise.resolve();
  await store.finishTrial(id, owner, complete(3));
  await view.patch({ ...view.trials[number]!, state: 'complete', values: [3] });
  release();
  await sync;
  expect(view.trials[number]).toMatchObject({ state: 'complete', values: [3] });
  await view.sync();
  expect(view.trials).toEqual(await store.readTrials(study.id)); // the store's own record, times included
});

it('reads those between when a claim shows that another process made some', async () => {
  const { store, study, owner, view } = await open();
  await view.sync();
  for (let i = 0; i < 3; i++) await start(store, study, newOwner());
  const claimed = await store.claimTrial(study.id, owner, null);
  if (claimed.kind === 'claimed') await view.patch(claimed.trial);
  expect(view.trials.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
  expect(view.nextDraw).toBe(4);
});

it('tells the next sync’s caller of the next failure, not of the last one', async () => {
  const { store, view } = await open();
  store.hold = Promise.reject(new Error('the disk is gone'));
  await expect(view.sync()).rejects.toThrow('the disk is gone');
  store.hold = Promise.resolve();
  await view.sync();
  expect(view.trials).toEqual([]);
});

it('places a retry where its first attempt stood', async () => {
  const { store, study, owner, view } = await open();
  const died = { state: 'failed', values: [], end: { reason: 'worker-died', message: '' }, retry: true } as const;
  const first = await start(store, study, owner);
  await start(store, study, owner);
  await store.finishTrial(first.id, owner, died); // 2 retries 0
  await store.finishTrial((await start(store, study, owner)).id, owner, died); // 3 retries 0, too
  await start(store, study, owner);
  await start(store, study, owner); // 4 is new: in an undisturbed run it would be 2
  await view.sync();
  expect(view.trials.map((trial) => view.placeOf(trial))).toEqual([0, 1, 0, 0, 2]);
  expect(view.attempts({ number: 3, retryOf: 0 }).map(({ number }) => number)).toEqual([0, 2, 3]);
});

it('shows a sampler what it would see in an undisturbed run: a retry in its first attempt’s place, by its number', async () => {
  const { store, study, owner, view } = await open();
  const died = { state: 'failed', values: [], end: { reason: 'worker-died', message: '' }, retry: true } as const;
  const first = await start(store, study, owner, { x: 0.1 });
  const second = await start(store, study, owner, { x: 0.2 });
  await store.finishTrial(first.id, owner, died); // 2 retries 0
  await store.finishTrial(second.id, owner, complete(2));
  await store.finishTrial((await start(store, study, owner, { x: 0.5 })).id, owner, complete(1));
  await start(store, study, owner, { x: 0.3 });
  await view.sync();
  expect(view.history().map(({ number, params }) => [number, params.x])).toEqual([
    [0, 0.5],
    [1, 0.2],
  ]);
  expect(view.runningBeside(-1).map(({ number, params }) => [number, params.x])).toEqual([[2, 0.3]]);
  expect(view.history().every((trial, i) => trial === view.history()[i])).toBe(true); // remembered by identity
});

it('shows a sampler what failed by itself as bad as what diverged, unless it is tried again', async () => {
  const { store, study, owner, view } = await open();
  const endings = [
    { reason: 'threw', retry: false },
    { reason: 'interrupted', retry: false },
    { reason: 'timed-out', retry: false },
    { reason: 'process-died', retry: false },
    { reason: 'out-of-memory', retry: true }, // 5 retries 4
  ] as const;
  for (const { reason, retry } of endings) {
    const { id } = await start(store, study, owner, { x: 0.5 });
    await store.finishTrial(id, owner, { state: 'failed', values: [], end: { reason, message: '' }, retry });
  }
  await view.sync();
  const seen = () => view.history().map(({ number, state, values }) => [number, state, values]);
  expect(seen()).toEqual([
    [0, 'pruned', [Infinity]],
    [2, 'pruned', [Infinity]],
  ]);
  await store.finishTrial((await start(store, study, owner)).id, owner, {
    state: 'failed',
    values: [],
    end: { reason: 'out-of-memory', message: '' },
    retry: false,
  });
  await view.sync();
  expect(seen().map(([number]) => number)).toEqual([0, 2, 4]); // the retry in its first attempt's place
  expect(view.history().every((trial, i) => trial === view.history()[i])).toBe(true); // remembered by identity
});

it('shows a sampler only running trials that have parameters', async () => {
  const { store, study, owner, view } = await open();
  await start(store, study, owner, { x: 0.25 });
  await store.claimTrial(study.id, owner, null);
  await start(store, study, owner, { x: 0.75 });
  await view.sync();
  expect(view.runningBeside(0).map(({ number }) => number)).toEqual([2]);
  expect(view.history()).toEqual([]);
});

it('does not read everything again for one trial that nobody ends', async () => {
  const { store, study, owner, view } = await open();
  await start(store, study, newOwner());
  for (let i = 0; i < 100; i++) await store.finishTrial((await start(store, study, owner)).id, owner, complete(i));
  await view.sync();
  await start(store, study, owner);
  await view.sync();
  expect(store.reads).toEqual([
    { from: 0, trials: 101 },
    { from: 0, trials: 1 },
    { from: 101, trials: 1 },
  ]);
  expect(view.trials).toEqual(await store.readTrials(study.id));
});

it('lets an ignored trial count for nothing, and again once it is no longer ignored', async () => {
  const { store, study, owner, view } = await open();
  for (const value of [1, 2]) {
    await store.finishTrial((await start(store, study, owner)).id, owner, complete(value));
  }
  await view.sync();
  const before = view.history();
  const { id } = before[0] as TrialRecord;
  await store.markTrial(id, { ignored: true });
  await view.sync(false);
  expect(view.history()).toEqual(before);
  await view.sync();
  expect(view.history()).toEqual(before.slice(1));
  expect(view.trials).toEqual(await store.readTrials(study.id));
  expect(view.finished).toBe(2);
  await store.markTrial(id, { ignored: false });
  await view.sync();
  expect(view.history()).toEqual(before);
});
