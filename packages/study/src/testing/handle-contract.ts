import { expect, it, onTestFinished } from 'vitest';
import { newOwner } from '../owner.js';
import type { StudyStore } from '../study-store.js';
import {
  complete,
  failed,
  LIMITS,
  LONG_MS,
  newStudy,
  type OpenStore,
  openWithStudy,
  readTrial,
  start,
  storeError,
} from './contract-fixtures.js';

/** Another handle on the data of an open store, as a second process would hold it. */
export type ReopenStore = (store: StudyStore) => Promise<StudyStore>;

/** Several handles on one store; what is left after closing. */
export function itIsSharedBetweenHandles(open: OpenStore, reopen: ReopenStore): void {
  const openTwo = async () => {
    const { store, study } = await openWithStudy(open);
    const other = await reopen(store);
    onTestFinished(() => other.close());
    return { store, other, study };
  };

  it('shows what the other handle did', async () => {
    const { store, other, study } = await openTwo();
    const owner = newOwner();
    expect(await other.findStudy('digits')).toEqual(study);
    await expect(other.createStudy(newStudy())).rejects.toMatchObject(storeError('STUDY_EXISTS'));
    const { id } = await start(store, study, owner);
    await store.writeReports(id, owner, [{ step: 1, value: 2 }]);
    await store.finishTrial(id, owner, complete(3));
    await store.enqueueTrial(study.id, { x: 0.25 });
    expect(await other.readTrials(study.id)).toEqual(await store.readTrials(study.id));
  });

  it('hands no trial and no draw to two claimers', async () => {
    const { store, other, study } = await openTwo();
    for (let i = 0; i < 5; i++) await store.enqueueTrial(study.id, { x: 0.5 });
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? store : other).claimTrial(study.id, newOwner(), 30)),
    );
    const trials = claims.flatMap((answer) => (answer.kind === 'claimed' ? [answer.trial] : []));
    expect(trials.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    const draws = trials.flatMap(({ draw }) => draw ?? []).sort((a, b) => a - b);
    expect(draws).toEqual(Array.from({ length: 25 }, (_, i) => i));
    expect(claims.filter(({ kind }) => kind === 'full')).toHaveLength(10);
  });

  it('lets the other handle neither steal nor reap a living trial', async () => {
    const { store, other, study } = await openTwo();
    const { id } = await start(store, study, newOwner());
    await expect(other.finishTrial(id, newOwner(), complete(1))).rejects.toMatchObject(storeError('LEASE_LOST'));
    expect(await other.reapTrials(study.id, newOwner(), LIMITS, LONG_MS)).toEqual([]);
    expect((await readTrial(other, study, 0)).state).toBe('running');
  });

  it('keeps everything when it is closed and opened again', async () => {
    const { store, other, study } = await openTwo();
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    await store.writeReports(id, owner, [{ step: 1, value: Number.NaN }]);
    await store.writeRungs(id, owner, [0.5]);
    await store.finishTrial(id, owner, failed(true));
    const before = await store.readTrials(study.id);
    await other.close();
    const later = await reopen(store);
    onTestFinished(() => later.close());
    await store.close();
    expect(await later.findStudy('digits')).toEqual(study);
    expect(await later.readTrials(study.id)).toEqual(before);
  });
}
