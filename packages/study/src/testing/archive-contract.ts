import { expect, it } from 'vitest';
import { confirmationName } from '../confirmation.js';
import { newOwner } from '../owner.js';
import type { StudyRecord, StudyStore } from '../study-store.js';
import type { TrialRecord } from '../trial-record.js';
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
import { aTrial } from './trial-fixtures.js';

/** Studies as wholes: renamed, deleted, taken over from elsewhere. */
export function itArchivesStudies(open: OpenStore): void {
  it('renames a study, and the one that confirms it', async () => {
    const { store, study } = await openWithStudy(open);
    const confirms = { ...newStudy().definition, confirms: 'digits' };
    const companion = await store.createStudy(newStudy({ name: confirmationName('digits'), definition: confirms }));
    expect(await store.renameStudy(study.id, 'letters')).toEqual({ ...study, name: 'letters' });
    expect(await store.findStudy('digits')).toBeNull();
    expect(await store.findStudy(confirmationName('letters'))).toEqual({
      ...companion,
      name: confirmationName('letters'),
      definition: { ...confirms, confirms: 'letters' },
    });
  });

  it('refuses a name that is taken, and changes nothing then', async () => {
    const { store, study } = await openWithStudy(open);
    const other = await store.createStudy(newStudy({ name: 'other' }));
    await expect(store.renameStudy(study.id, 'other')).rejects.toMatchObject(storeError('STUDY_EXISTS'));
    await expect(store.renameStudy(4711, 'new')).rejects.toMatchObject(storeError('STUDY_NOT_FOUND'));
    expect(await store.renameStudy(study.id, 'digits')).toEqual(study);
    expect(await store.listStudies()).toEqual([study, other]);
  });

  it('deletes a study with all that it holds, and never gives its ids again', async () => {
    const { store, study } = await openWithStudy(open, { prior: [aTrial(0)] as never });
    const kept = await store.createStudy(newStudy({ name: 'kept' }));
    const last = await store.createStudy(newStudy({ name: 'last' }));
    const deleted = await endedTrial(store, last);
    await endedTrial(store, study);
    const other = await endedTrial(store, kept);
    await store.deleteStudy(study.id);
    await store.deleteStudy(last.id);
    expect(await store.listStudies()).toEqual([kept]);
    expect(await store.readTrials(kept.id)).toMatchObject([{ id: other }]);
    await expect(store.readTrials(study.id)).rejects.toMatchObject(storeError('STUDY_NOT_FOUND'));
    await expect(store.markTrial(deleted, { note: 'x' })).rejects.toMatchObject(storeError('TRIAL_NOT_FOUND'));
    const again = await store.createStudy(newStudy());
    expect(again.id).toBeGreaterThan(last.id);
    expect(await store.readPrior(again.id)).toEqual([]);
    const first = await claim(store, again, newOwner());
    expect(first).toMatchObject({ number: 0, draw: 0 });
    expect(first.id).toBeGreaterThan(deleted);
  });

  it('does not delete a study whose trials run, unless it is told to', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    await expect(store.deleteStudy(study.id)).rejects.toMatchObject(storeError('STUDY_IN_USE'));
    await store.writeReports(id, owner, [{ step: 1, value: 1 }]);
    await store.deleteStudy(study.id, { force: true });
    expect(await store.listStudies()).toEqual([]);
    await expect(store.finishTrial(id, owner, complete(1))).rejects.toMatchObject(storeError('TRIAL_NOT_FOUND'));
  });

  it.each(['one objective', 'two objectives'])('takes over a study as it was elsewhere: %s', async (kind) => {
    const several = kind === 'two objectives';
    const changes = several ? ({ directions: ['minimize', 'maximize'], metrics: ['mae', 'rate'] } as const) : {};
    const { store, study } = await openWithStudy(open, changes);
    await everyKindOfTrial(store, study);
    const trials = await store.readTrials(study.id, { details: true });
    const { id: _, ...elsewhere } = study;
    const taken = await store.importStudy({ ...elsewhere, name: 'taken over', createdMs: 1_234 });
    expect(taken).toEqual({ ...study, id: taken.id, name: 'taken over', createdMs: 1_234 });
    await store.importTrials(taken.id, trials.slice(0, 2));
    await store.importTrials(taken.id, trials.slice(2));
    const imported = await store.readTrials(taken.id, { details: true });
    expect(imported.map(withoutId)).toEqual(trials.map(withoutId));
    expect(imported[0]!.id).toBeGreaterThan(trials.at(-1)!.id);
    expect(await store.countTrials(taken.id)).toEqual(await store.countTrials(study.id));
    const next = [await claim(store, taken, newOwner()), await claim(store, taken, newOwner())];
    expect(next).toMatchObject([
      { retryOf: 3, draw: 3 },
      { params: { x: 0.75 }, draw: null },
    ]);
    expect(await claim(store, taken, newOwner())).toMatchObject({ number: trials.length, draw: 4 });
  });

  it('takes over what another tool made: no definition, what it noted, distributions of its own', async () => {
    const { store } = await openWithStudy(open);
    const attributes = { user: { owner: 'me', ü: [1, null] }, system: { 'study:kind': { deep: true } } };
    const elsewhere = { name: 'foreign', directions: ['maximize'], metrics: [], definition: null } as const;
    const foreign = await store.importStudy({ ...elsewhere, createdMs: null, attributes });
    expect(foreign).toEqual({ id: foreign.id, ...elsewhere, createdMs: null });
    expect(await store.readStudyAttributes(foreign.id)).toEqual(attributes);
    const trial = aTrial(0, {
      params: { x: 3, c: 'b', sizes: '[64, 64]' },
      draw: null,
      distributions: {
        x: { kind: 'int', low: 1, high: 9, log: true, step: 1 },
        c: { kind: 'categorical', choices: ['a', 'b'] },
        sizes: TUPLES,
      },
      system: { 'NSGAIISampler:generation': 3, retry_history: [0, 2] },
    });
    await store.importTrials(foreign.id, [trial]);
    const [stored] = await store.readTrials(foreign.id, { details: true });
    expect(stored && withoutId(stored)).toEqual(withoutId(trial));
    expect((await store.readTrials(foreign.id))[0]).not.toHaveProperty('system');
  });

  it.each([
    { name: 'a running trial', trial: aTrial(0, { state: 'running', values: [] }) },
    { name: 'a number that is not the next', trial: aTrial(1) },
    { name: 'a parameter that nothing describes', trial: aTrial(0, { params: { y: 1 } }) },
    { name: 'a complete trial without a value', trial: aTrial(0, { values: [] }) },
    { name: 'NaN for a value', trial: aTrial(0, { values: [Number.NaN] }) },
    { name: 'a waiting trial with a value', trial: aTrial(0, { state: 'waiting' }) },
  ])('refuses $name, and takes over nothing then', async ({ trial }) => {
    const { store, study } = await openWithStudy(open);
    const rejected = store.importTrials(study.id, trial.number === 0 ? [trial] : [aTrial(0), { ...trial, number: 2 }]);
    await expect(rejected).rejects.toMatchObject(storeError('INVALID_VALUE'));
    expect(await store.readTrials(study.id)).toEqual([]);
  });
}

function withoutId({ id: _, ...trial }: TrialRecord): Omit<TrialRecord, 'id'> {
  return trial;
}

async function endedTrial(store: StudyStore, study: StudyRecord): Promise<number> {
  const owner = newOwner();
  const { id } = await start(store, study, owner);
  await store.writeReports(id, owner, [{ step: 1, value: 1 }]);
  await store.writeRungs(id, owner, [1]);
  await store.finishTrial(id, owner, { ...complete(1), constraints: [0], attributes: { a: 1 } });
  await store.markTrial(id, { note: 'gone', ignored: true });
  return id;
}

/** 0 to 2 ended, 3 failed and enqueued again as 5, 4 waiting with a value for x. */
async function everyKindOfTrial(store: StudyStore, study: StudyRecord): Promise<void> {
  const owner = newOwner();
  const several = study.directions.length > 1;
  const first = await claim(store, study, owner);
  await store.writeParams(first.id, owner, { x: 0.1 + 0.2, batch: 'all' }, WIDER, { generation: [3, 'ü'] });
  await store.writeReports(first.id, owner, [{ step: 1, value: Number.NaN }]);
  await store.writeReports(first.id, owner, [{ step: 7, value: -Infinity }]);
  await store.writeRungs(first.id, owner, [0.5, -1]);
  const values = several ? [Infinity, 1e-300] : [-1e300];
  await store.finishTrial(first.id, owner, {
    ...complete(...values),
    constraints: [-1, 2],
    attributes: { ü: [null] },
    resources: RESOURCES,
  });
  await store.markTrial(first.id, { note: 'a note', addTags: ['t'], ignored: true });
  const endings = [
    { state: 'pruned', values: several ? [] : [Infinity], end: { reason: 'diverged', message: 'NaN' }, retry: false },
    { state: 'failed', values: [], end: { reason: 'threw', message: 'no', stack: 'Error: no' }, retry: false },
    failed(true),
  ] as const;
  const [diverged, threw, died] = [
    await start(store, study, owner),
    await start(store, study, owner),
    await start(store, study, owner, { x: 0.25 }),
  ];
  await store.enqueueTrial(study.id, { x: 0.75 }, { why: 'a person' });
  for (const [i, { id }] of [diverged, threw, died].entries()) await store.finishTrial(id, owner, endings[i]!);
}

const TUPLES = {
  kind: 'foreign',
  json: '{"name": "CategoricalDistribution", "attributes": {"choices": [[128], [64, 64]]}}',
  choices: ['[128]', '[64, 64]'],
} as const;

const RESOURCES = { seconds: 0.5, peakBytes: 1_000_000, worker: 'a-host:17', engine: 'onnx' };

const WIDER = [
  ...SPACE,
  { name: 'batch', distribution: { kind: 'ordered', values: [32, 'all'] } as const, condition: null },
];
