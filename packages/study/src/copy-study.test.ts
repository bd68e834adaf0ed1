import { expect, it } from 'vitest';
import { copyStudy } from './copy-study.js';
import { MemoryStudyStore } from './memory-study-store.js';
import { newOwner } from './owner.js';
import { complete, newStudy, start, storeError } from './testing/contract-fixtures.js';
import { aTrial } from './testing/trial-fixtures.js';
import type { TrialRecord } from './trial-record.js';

const bare = ({ id: _, ...trial }: TrialRecord) => trial;

async function filled(trials: number) {
  const store = new MemoryStudyStore();
  const study = await store.createStudy(newStudy({ prior: [{ ...aTrial(3), state: 'complete' }] }));
  await store.importTrials(
    study.id,
    Array.from({ length: trials }, (_, number) => aTrial(number)),
  );
  return { store, study };
}

it('copies a study to another store: more than one chunk, marks, prior and all', async () => {
  const { store, study } = await filled(1_001);
  const [first] = await store.readTrials(study.id, { limit: 1 });
  await store.markTrial(first!.id, { note: 'look', addTags: ['a'], ignored: true });
  const to = new MemoryStudyStore();
  const steps: number[] = [];
  const copy = await copyStudy(store, study, to, { onProgress: (copied) => steps.push(copied) });
  expect(copy).toEqual(study);
  expect(steps).toEqual([1_000, 1_001]);
  const [was, is] = [await store.readTrials(study.id, { details: true }), await to.readTrials(1, { details: true })];
  expect(is.map(bare)).toEqual(was.map(bare));
  expect(await to.readPrior(1)).toEqual(await store.readPrior(study.id));
  expect(await to.listStudies()).toEqual([copy]);
});

it('copies within a store under another name; what runs there has failed in the copy', async () => {
  const { store, study } = await filled(2);
  const owner = newOwner();
  const running = await start(store, study, owner);
  await store.enqueueTrial(study.id, { x: 0.25 });
  const copy = await copyStudy(store, study, store, { name: 'digits 2' });
  const trials = await store.readTrials(copy.id);
  expect(trials.map(({ state }) => state)).toEqual(['complete', 'complete', 'failed', 'waiting']);
  expect(trials[2]).toMatchObject({ params: { x: 0.5 }, end: { reason: 'interrupted' } });
  await store.finishTrial(running.id, owner, complete(1)); // the study itself goes on
});

it('leaves nothing behind when it fails, and touches no study of that name', async () => {
  const { store, study } = await filled(1);
  const to = new MemoryStudyStore();
  to.importTrials = async () => {
    throw new Error('the disk is full');
  };
  await expect(copyStudy(store, study, to)).rejects.toThrow('the disk is full');
  expect(await to.listStudies()).toEqual([]);
  await expect(copyStudy(store, study, store)).rejects.toMatchObject(storeError('STUDY_EXISTS'));
  expect(await store.listStudies()).toEqual([study]);
});
