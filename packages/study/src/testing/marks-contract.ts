import { expect, it } from 'vitest';
import { newOwner } from '../owner.js';
import {
  complete,
  newStudy,
  type OpenStore,
  openWithStudy,
  readTrial,
  start,
  storeError,
} from './contract-fixtures.js';

/** Notes, tags and what a person has taken out. */
export function itKeepsMarks(open: OpenStore): void {
  it('changes nothing of a finished trial but its marks, and gives them back with it', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    await store.finishTrial(id, owner, complete(1));
    const before = await readTrial(store, study, 0);
    expect(before).not.toHaveProperty('marks');
    const marks = { note: '# odd\n"ü" 🚕', tags: ['a b', 'ü'], ignored: true };
    expect(await store.markTrial(id, { note: marks.note, addTags: ['ü', 'a b', 'ü'], ignored: true })).toEqual(marks);
    expect(await readTrial(store, study, 0)).toEqual({ ...before, marks });
    expect([...(await store.readMarks(study.id))]).toEqual([[0, marks]]);
  });

  it('changes what is named only, and leaves no trace of marks that are taken back', async () => {
    const { store, study } = await openWithStudy(open);
    const { id } = await start(store, study, newOwner());
    const before = await readTrial(store, study, 0);
    await store.markTrial(id, { note: 'first', addTags: ['a', 'b'] });
    await store.markTrial(id, { ignored: true });
    await store.markTrial(id, { note: 'second', addTags: ['c'], removeTags: ['a', 'unknown'] });
    expect((await readTrial(store, study, 0)).marks).toEqual({ note: 'second', tags: ['b', 'c'], ignored: true });
    await store.markTrial(id, { note: '', removeTags: ['b', 'c'] });
    expect((await readTrial(store, study, 0)).marks).toEqual({ note: null, tags: [], ignored: true });
    await store.markTrial(id, { ignored: false });
    expect(await readTrial(store, study, 0)).toEqual(before);
    expect((await store.readMarks(study.id)).size).toBe(0);
  });

  it('keeps long notes whole', async () => {
    const { store, study } = await openWithStudy(open);
    const { id } = await start(store, study, newOwner());
    for (const note of ['ü'.repeat(10_000), 'short again']) {
      await store.markTrial(id, { note });
      expect((await readTrial(store, study, 0)).marks?.note).toBe(note);
    }
  });

  it('tells each study its own', async () => {
    const { store, study } = await openWithStudy(open);
    const other = await store.createStudy(newStudy({ name: 'other' }));
    await start(store, study, newOwner());
    await store.enqueueTrial(other.id, {});
    const waiting = await readTrial(store, other, 0);
    await store.markTrial(waiting.id, { addTags: ['later'] });
    expect(await store.readMarks(study.id)).toEqual(new Map());
    expect(await store.readMarks(other.id)).toEqual(new Map([[0, { note: null, tags: ['later'], ignored: false }]]));
    await expect(store.markTrial(4711, { ignored: true })).rejects.toMatchObject(storeError('TRIAL_NOT_FOUND'));
    await expect(store.readMarks(4711)).rejects.toMatchObject(storeError('STUDY_NOT_FOUND'));
  });
}
