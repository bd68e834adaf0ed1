import { expect, it } from 'vitest';
import { bestTrials } from '../best-trials.js';
import { newOwner } from '../owner.js';
import { countTrials, rankTrials } from '../rank-trials.js';
import type { StudyRecord, StudyStore } from '../study-store.js';
import {
  claim,
  complete,
  failed,
  newStudy,
  type OpenStore,
  openWithStudy,
  SPACE,
  start,
  storeError,
} from './contract-fixtures.js';

/** Parts of trials, parts of a study, and what the store finds by itself. */
export function itReadsParts(open: OpenStore): void {
  it.each([
    { query: { from: 3 }, numbers: [3, 4] },
    { query: { limit: 2 }, numbers: [0, 1] },
    { query: { from: 1, limit: 3 }, numbers: [1, 2, 3] },
    { query: { from: 4, limit: 9 }, numbers: [4] },
    { query: { from: 5 }, numbers: [] },
    { query: { limit: 0 }, numbers: [] },
  ])('reads trials $query', async ({ query, numbers }) => {
    const { store, study } = await openWithStudy(open);
    for (let i = 0; i < 5; i++) await store.enqueueTrial(study.id, { x: i / 10 });
    const trials = await store.readTrials(study.id, query);
    expect(trials.map(({ number }) => number)).toEqual(numbers);
    expect(trials.map(({ params }) => params.x)).toEqual(numbers.map((number) => number / 10));
  });

  it('leaves reports out where they are not asked for, and nothing else', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    await store.writeReports(id, owner, [{ step: 1, value: 2 }]);
    await store.finishTrial(id, owner, { ...complete(3), constraints: [-1], attributes: { rows: 5 } });
    const [whole] = await store.readTrials(study.id);
    expect(whole).toMatchObject({ reports: [{ step: 1, value: 2 }] });
    expect(await store.readTrials(study.id, { reports: false })).toEqual([{ ...whole, reports: [] }]);
  });

  it('tells distributions on demand, an ordered list as one', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const batch = { kind: 'ordered', values: [32, 128, 'all'] } as const;
    const colour = { kind: 'categorical', choices: ['red', 1, null] } as const;
    const space = [
      ...SPACE,
      { name: 'batch', distribution: batch, condition: null },
      { name: 'colour', distribution: colour, condition: null },
      { name: 'unused', distribution: colour, condition: null },
    ];
    const { id } = await claim(store, study, owner);
    await store.writeParams(id, owner, { x: 0.5, batch: 'all', colour: null }, space, null);
    const [trial] = await store.readTrials(study.id, { details: true });
    expect(trial).toMatchObject({ params: { x: 0.5, batch: 'all', colour: null } });
    expect(trial?.distributions).toEqual({ x: SPACE[0]!.distribution, batch, colour });
    expect((await store.readTrials(study.id))[0]).not.toHaveProperty('distributions');
  });

  it.each(OBJECTIVES)('counts trials by state: $name', async ({ changes }) => {
    const { store, study } = await openWithStudy(open, changes);
    expect(await store.countTrials(study.id)).toEqual({ waiting: 0, running: 0, complete: 0, pruned: 0, failed: 0 });
    await populate(store, study);
    const other = await store.createStudy(newStudy({ ...changes, name: 'another' }));
    await populate(store, other);
    expect(await store.countTrials(study.id)).toEqual(countTrials(await store.readTrials(study.id)));
    expect(await store.countTrials(study.id)).toEqual({ waiting: 2, running: 2, complete: 11, pruned: 3, failed: 2 });
  });

  it.each(OBJECTIVES)('ranks what counts, the best first: $name', async ({ changes }) => {
    const { store, study } = await openWithStudy(open, changes);
    expect(await store.rankTrials(study.id, { limit: 3 })).toEqual([]);
    await populate(store, await store.createStudy(newStudy({ ...changes, name: 'another' })));
    await populate(store, study);
    const trials = await store.readTrials(study.id);
    for (const objective of study.directions.keys()) {
      const all = { objective, limit: 99 };
      const ranked = await store.rankTrials(study.id, all);
      expect(ranked).toHaveLength(8); // of 11 complete ones two are infeasible and one is ignored
      expect(ranked).toEqual(rankTrials(trials, study.directions, all));
      for (const page of PAGES) {
        const { offset, limit } = page;
        expect(await store.rankTrials(study.id, { objective, ...page })).toEqual(ranked.slice(offset, offset + limit));
      }
    }
    const [best] = bestTrials(trials, study.directions);
    if (study.directions.length === 1) expect((await store.rankTrials(study.id, { limit: 1 }))[0]).toEqual(best);
  });

  it('refuses to rank by an objective that the study does not have', async () => {
    const { store, study } = await openWithStudy(open);
    for (const objective of [1, -1, 0.5]) {
      await expect(store.rankTrials(study.id, { objective, limit: 1 })).rejects.toMatchObject(
        storeError('INVALID_VALUE'),
      );
    }
    await expect(store.countTrials(4711)).rejects.toMatchObject(storeError('STUDY_NOT_FOUND'));
    await expect(store.rankTrials(4711, { limit: 1 })).rejects.toMatchObject(storeError('STUDY_NOT_FOUND'));
  });
}

const OBJECTIVES = [
  { name: 'minimize', changes: {} },
  { name: 'maximize', changes: { directions: ['maximize'] } },
  { name: 'two objectives', changes: { directions: ['minimize', 'maximize'], metrics: ['mae', 'rate'] } },
] as const;

const PAGES = [
  { offset: 0, limit: 1 },
  { offset: 1, limit: 3 },
  { offset: 6, limit: 5 },
  { offset: 8, limit: 5 },
  { offset: 0, limit: 0 },
];

/** Twice the same value, infinities, infeasible and ignored ones ahead of the others, and one in every other state. */
const VALUES = [0.5, -2, Infinity, -2, 3e300, -Infinity, 1e-300, -0.25];
const INFEASIBLE = [-1e9, 1e9];
const IGNORED = -1e10;

async function populate(store: StudyStore, study: StudyRecord): Promise<void> {
  const owner = newOwner();
  const several = study.directions.length > 1;
  const valuesOf = (value: number): number[] => (several ? [value, Math.abs(value) - 1] : [value]);
  const end = async (ending: Parameters<StudyStore['finishTrial']>[2]): Promise<number> => {
    const { id } = await start(store, study, owner);
    await store.finishTrial(id, owner, ending);
    return id;
  };
  for (const value of INFEASIBLE) await end({ ...complete(...valuesOf(value)), constraints: [-1, 1e-9] });
  await store.markTrial(await end(complete(...valuesOf(IGNORED))), { ignored: true });
  for (const value of VALUES) await end({ ...complete(...valuesOf(value)), constraints: [0, -Infinity] });
  const pruned = { state: 'pruned', end: { reason: 'pruned', message: '' }, retry: false } as const;
  for (const value of [-1e8, 7]) await end({ ...pruned, values: several ? [] : [value] });
  await end({ ...pruned, values: [], end: { reason: 'diverged', message: '' } });
  for (let i = 0; i < 2; i++) await end(failed(false));
  for (let i = 0; i < 2; i++) await start(store, study, owner);
  for (let i = 0; i < 2; i++) await store.enqueueTrial(study.id, {});
}
