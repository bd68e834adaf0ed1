import { MemoryStudyStore, newOwner, type StudyStore } from '@assay/study';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { aFailedTrial, aRunningTrial, aStudy, aTrial } from '../testing/trials.test.kit.js';
import { liveSource } from './live-source.js';
import { storeSource } from './store-source.js';

const wait = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

function live(given: Partial<Parameters<typeof liveSource>[0]> = {}) {
  const source = liveSource({ facts: [], goal: { kind: 'finished', count: 10 }, ...given });
  onTestFinished(source.close);
  const frames: number[] = [];
  source.subscribe(() => frames.push(source.getSnapshot().ended.length));
  return { source, frames };
}

describe('a live source', () => {
  it('makes at most five snapshots a second of a thousand events a second', async () => {
    const { source, frames } = live();
    source.listener({ type: 'study-opened', study: aStudy(), trials: [] });
    for (let i = 0; i < 1_000; i++) {
      source.listener({ type: 'trial-finished', trial: aTrial(i), best: false });
      await wait(1);
    }
    expect(frames.length).toBeGreaterThanOrEqual(4);
    expect(frames.length).toBeLessThanOrEqual(6);
    await wait(200);
    expect(source.getSnapshot().ended).toHaveLength(1_000);
  });

  it('is silent when nothing happens after the end', async () => {
    const { source, frames } = live();
    source.listener({ type: 'study-opened', study: aStudy(), trials: [aTrial(0)] });
    await wait(3_000);
    source.listener({ type: 'study-stopped', reason: 'until' });
    await wait(3_000);
    const before = frames.length;
    await wait(60_000);
    expect(frames.length).toBe(before);
    expect(source.getSnapshot().progress.elapsedMs).toBe(3_000);
  });

  it('keeps a snapshot until there is a new one', async () => {
    const { source } = live();
    const first = source.getSnapshot();
    expect(source.getSnapshot()).toBe(first);
    source.listener({ type: 'log', level: 'warning', line: 'careful' });
    expect(source.getSnapshot()).toBe(first);
    await wait(200);
    expect(source.getSnapshot().log.map(({ text, level }) => `${level} ${text}`)).toEqual(['warning careful']);
  });

  it('follows a study from its opening to its end', async () => {
    const { source } = live();
    const phases: string[] = [source.getSnapshot().phase.kind];
    const events = [
      { type: 'study-opened', study: aStudy(), trials: [] },
      { type: 'paused' },
      { type: 'resumed' },
      { type: 'stopping', how: 'finish-running' },
      { type: 'study-stopped', reason: 'interrupted' },
    ] as const;
    for (const event of events) {
      source.listener(event);
      await wait(200);
      phases.push(source.getSnapshot().phase.kind);
    }
    expect(phases).toEqual(['opening', 'running', 'paused', 'running', 'stopping', 'stopped']);
  });

  it('counts, estimates and finds the best', async () => {
    const { source } = live({ goal: { kind: 'finished', count: 6 }, now: () => aTrial(3).finishedMs! });
    source.listener({ type: 'study-opened', study: aStudy(), trials: [aTrial(0), aTrial(1)] });
    source.listener({ type: 'trial-started', trial: aRunningTrial(2) });
    source.listener({ type: 'trial-finished', trial: aFailedTrial(3), best: false });
    await wait(200);
    const { progress, best } = source.getSnapshot();
    expect(progress).toMatchObject({ complete: 2, failed: 1, running: 1, goal: { done: 2, total: 6 } });
    expect(best.map(({ number }) => number)).toEqual([1]);
  });

  it('shows what optimize threw', async () => {
    const { source } = live();
    source.crash(new Error('disk full'));
    await wait(200);
    expect(source.getSnapshot().phase).toEqual({ kind: 'crashed', message: 'disk full' });
    expect(source.getSnapshot().log[0]?.text).toBe('Error: disk full');
  });

  it('reads the trials of other processes beside its own', async () => {
    const store = new MemoryStudyStore();
    const { study, add } = await filled(store);
    const { source } = live({ store });
    source.listener({ type: 'study-opened', study, trials: await store.readTrials(study.id) });
    await add(1.5);
    await wait(2_100);
    expect(source.getSnapshot().ended.map(({ values }) => values[0])).toEqual([1.5]);
  });
});

describe('a store source', () => {
  it('follows a study that runs elsewhere, and reads only from the first trial that has not ended', async () => {
    const store = new MemoryStudyStore();
    const { add } = await filled(store);
    const read = vi.spyOn(store, 'readTrials');
    await add(3);
    await add(2);
    const source = watch(store);
    await wait(200);
    expect(source.getSnapshot()).toMatchObject({ mode: 'watch', phase: { kind: 'idle' } });
    expect(source.getSnapshot().facts).toEqual([
      { label: 'data', value: 'real rides' },
      { label: 'sampler', value: 'auto' },
    ]);
    await add(1);
    await wait(1_100);
    expect(source.getSnapshot().best[0]?.number).toBe(2);
    expect(read.mock.calls.map(([, query]) => query?.from)).toEqual([0, 2]);
  });

  it('shows of a large study the counts, the best and the newest first, and reads the rest bit by bit', async () => {
    const store = new MemoryStudyStore();
    const { study } = await filled(store);
    const worth = (number: number): number => Math.abs(number - 6_000);
    const trials = Array.from({ length: 12_000 }, (_, i) => aTrial(i, { params: {}, reports: [], values: [worth(i)] }));
    await store.importTrials(study.id, trials);
    const source = watch(store);
    const frames: { readonly read: number; readonly complete: number; readonly best: readonly number[] }[] = [];
    source.subscribe(() => {
      const { ended, progress, best } = source.getSnapshot();
      frames.push({ read: ended.length, complete: progress.complete, best: best.map(({ number }) => number) });
    });
    while (source.getSnapshot().ended.length < trials.length) {
      await new Promise((resolve) => setImmediate(resolve));
      await wait(200);
    }
    expect(frames[0]!.read).toBeLessThan(trials.length);
    expect(frames.every(({ complete }) => complete === trials.length)).toBe(true);
    expect(frames.every(({ best }) => best[0] === 6_000)).toBe(true);
    expect(source.getSnapshot().ended.map(({ number }) => number)).toEqual(trials.map((_, i) => i));
    expect(source.getSnapshot().progress.elapsedMs).toBe(trials.at(-1)!.finishedMs! - trials[0]!.startedMs!);
  });

  it('follows what people say of trials: an ignored one is shown, and counts for nothing', async () => {
    const store = new MemoryStudyStore();
    const { study, add } = await filled(store);
    for (const value of [3, 1, 2]) await add(value);
    const source = watch(store);
    await wait(1_100);
    const best = () => source.getSnapshot().best.map(({ number }) => number);
    const [, second] = await store.readTrials(study.id);
    expect(best()).toEqual([1]);
    await store.markTrial(second!.id, { ignored: true, note: 'a typo', addTags: ['odd'] });
    await wait(1_100);
    expect(best()).toEqual([2]);
    expect(source.getSnapshot().ended.map(({ marks }) => marks?.note)).toEqual([undefined, 'a typo', undefined]);
    expect(source.getSnapshot().counted.map(({ number }) => number)).toEqual([0, 2]);
    await store.markTrial(second!.id, { ignored: false, note: null, removeTags: ['odd'] });
    await wait(1_100);
    expect(best()).toEqual([1]);
    expect(source.getSnapshot().counted).toBe(source.getSnapshot().ended);
  });

  it('says once that it cannot read, and goes on when it can', async () => {
    const store = new MemoryStudyStore();
    const source = watch(store);
    await wait(5_000);
    expect(source.getSnapshot().log.map(({ text }) => text)).toEqual([
      "cannot read the store: there is no study 'taxifare' in memory:",
    ]);
    await filled(store);
    await wait(1_100);
    expect(source.getSnapshot().study?.name).toBe('taxifare');
    expect(source.getSnapshot().log.at(-1)?.text).toBe('the store can be read again');
  });

  it('reads no more once it is closed', async () => {
    const store = new MemoryStudyStore();
    await filled(store);
    const read = vi.spyOn(store, 'readTrials');
    const source = watch(store);
    await wait(2_100);
    source.close();
    const before = read.mock.calls.length;
    await wait(10_000);
    expect(read.mock.calls.length).toBe(before);
  });
});

function watch(store: StudyStore) {
  const source = storeSource(store, 'taxifare');
  onTestFinished(source.close);
  return source;
}

/** A study in the store, and a way to add a complete trial to it. */
async function filled(store: StudyStore) {
  const { name, directions, metrics, definition } = aStudy();
  const sampler = { name: 'auto', settings: {} };
  const study = await store.createStudy({ name, directions, metrics, definition: { ...definition!, sampler } });
  const owner = newOwner();
  const add = async (value: number): Promise<void> => {
    const claim = await store.claimTrial(study.id, owner, null);
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    await store.finishTrial(claim.trial.id, owner, { state: 'complete', values: [value], end: null, retry: false });
  };
  return { study, add };
}
