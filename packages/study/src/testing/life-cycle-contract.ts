import { expect, it } from 'vitest';
import { newOwner } from '../owner.js';
import type { TrialEnding } from '../study-store.js';
import {
  complete,
  failed,
  type OpenStore,
  openWithStudy,
  readTrial,
  SPACE,
  start,
  storeError,
} from './contract-fixtures.js';

const PRUNED: TrialEnding = {
  state: 'pruned',
  values: [0.5],
  end: { reason: 'pruned', message: 'worse than the median' },
  retry: false,
};

const SEVERAL = { directions: ['minimize', 'maximize'], metrics: ['mae', 'rate'] } as const;

/** Which endings are legal, and what a retry inherits. */
export function itEnforcesTheLifeCycle(open: OpenStore): void {
  it.each([
    { name: 'complete', ending: complete(0.5) },
    { name: 'complete with an infinite value', ending: complete(Infinity) },
    { name: 'pruned with its last value', ending: PRUNED },
    { name: 'pruned without a value', ending: { ...PRUNED, values: [] } },
    { name: 'diverged', ending: { ...PRUNED, values: [Infinity] } },
    { name: 'failed', ending: failed(false) },
  ])('a running trial may end as $name, and then never changes', async ({ ending }) => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    await store.finishTrial(id, owner, ending);
    const before = await readTrial(store, study, 0);
    expect(before).toMatchObject({ state: ending.state, values: ending.values, end: ending.end });
    const changes = [
      { call: () => store.finishTrial(id, owner, complete(9)), code: 'ILLEGAL_TRANSITION' },
      { call: () => store.writeReports(id, owner, [{ step: 1, value: 9 }]), code: 'LEASE_LOST' },
      { call: () => store.writeRungs(id, owner, [9]), code: 'LEASE_LOST' },
      { call: () => store.writeParams(id, owner, { x: 0.9 }, SPACE, null), code: 'LEASE_LOST' },
    ] as const;
    for (const { call, code } of changes) await expect(call()).rejects.toMatchObject(storeError(code));
    expect(await readTrial(store, study, 0)).toEqual(before);
  });

  it.each([
    { name: 'pruned', ending: { ...PRUNED, values: [] } },
    { name: 'diverged', ending: { ...PRUNED, values: [], end: { reason: 'diverged', message: 'mae is NaN' } } },
    { name: 'failed', ending: failed(false) },
  ] as const)('tells with several objectives how a trial ended: $name', async ({ ending }) => {
    const { store, study } = await openWithStudy(open, SEVERAL);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    await store.writeReports(id, owner, [{ step: 4, value: 0.5 }]);
    await store.finishTrial(id, owner, { ...ending, attributes: { rows: 5 } });
    expect(await readTrial(store, study, 0)).toMatchObject({
      state: ending.state,
      values: [],
      end: ending.end,
      reports: [{ step: 4, value: 0.5 }],
      attributes: { rows: 5 },
    });
    await expect(store.finishTrial(id, owner, complete(1, 2))).rejects.toMatchObject(storeError('ILLEGAL_TRANSITION'));
  });

  it('refuses a pruned trial with values of several objectives', async () => {
    const { store, study } = await openWithStudy(open, SEVERAL);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    for (const values of [[1], [1, 2]]) {
      const refused = store.finishTrial(id, owner, { ...PRUNED, values });
      await expect(refused).rejects.toMatchObject(storeError('INVALID_VALUE'));
    }
  });

  it.each([complete(0.5), PRUNED, failed(false)])('a waiting trial cannot become $state', async (ending) => {
    const { store, study } = await openWithStudy(open);
    await store.enqueueTrial(study.id, { x: 0.5 });
    const { id } = await readTrial(store, study, 0);
    await expect(store.finishTrial(id, newOwner(), ending)).rejects.toMatchObject(storeError('ILLEGAL_TRANSITION'));
    expect((await readTrial(store, study, 0)).state).toBe('waiting');
  });

  it.each([
    { name: 'complete without a value', ending: complete() },
    { name: 'complete with two values for one objective', ending: complete(1, 2) },
    { name: 'complete with NaN', ending: complete(Number.NaN) },
    { name: 'pruned with two values', ending: { ...PRUNED, values: [1, 2] } },
    { name: 'pruned with NaN', ending: { ...PRUNED, values: [Number.NaN] } },
    { name: 'failed with a value', ending: { ...failed(false), values: [1] } },
  ])('refuses $name and leaves the trial running', async ({ ending }) => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    await expect(store.finishTrial(id, owner, ending)).rejects.toMatchObject(storeError('INVALID_VALUE'));
    expect(await readTrial(store, study, 0)).toMatchObject({ state: 'running', values: [], end: null });
    await store.finishTrial(id, owner, complete(1));
  });

  it('enqueues a retry with the same parameters, draw and note, once per failure', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const claimed = await store.claimTrial(study.id, owner, null);
    if (claimed.kind !== 'claimed') throw new Error('nothing to claim');
    await store.writeParams(claimed.trial.id, owner, { x: 0.125 }, SPACE, { sobol: 3 });
    await store.writeReports(claimed.trial.id, owner, [{ step: 1, value: 2 }]);
    await store.finishTrial(claimed.trial.id, owner, failed(true));
    const retry = await readTrial(store, study, 1);
    expect(retry).toMatchObject({ number: 1, state: 'waiting', params: { x: 0.125 }, draw: 0, retryOf: 0 });
    expect(retry).toMatchObject({ note: { sobol: 3 }, reports: [], rungs: [], end: null, startedMs: null });
    expect(await store.readTrials(study.id)).toHaveLength(2);
  });

  it('names the first attempt in a retry of a retry, and goes on counting draws', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    for (let i = 0; i < 3; i++) await store.finishTrial((await start(store, study, owner)).id, owner, failed(true));
    const trials = await store.readTrials(study.id);
    expect(trials.map(({ number, draw, retryOf }) => [number, draw, retryOf])).toEqual([
      [0, 0, null],
      [1, 0, 0],
      [2, 0, 0],
      [3, 0, 0],
    ]);
    await start(store, study, owner);
    expect(await start(store, study, owner)).toMatchObject({ number: 4, draw: 1, retryOf: null });
  });
}
