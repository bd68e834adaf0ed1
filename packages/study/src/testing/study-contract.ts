import { expect, it } from 'vitest';
import { newOwner } from '../owner.js';
import {
  claim,
  complete,
  LIMITS,
  LONG_MS,
  newStudy,
  type OpenStore,
  openWithStudy,
  SPACE,
  storeError,
} from './contract-fixtures.js';

const ODD_NAMES = [
  { name: 'quotes', text: `it's a "study"; DROP TABLE studies; --` },
  { name: 'spaces and a newline', text: '  a\tb\nc  ' },
  { name: 'wide characters', text: 'Übung Ω 研究 עברית 🚕👩‍🔬 é' },
  { name: 'wildcards', text: '%_*\\' },
];

/** Creating, finding and listing studies; unknown ids; a closed store. */
export function itKeepsStudies(open: OpenStore): void {
  it('gives a study back as it was created', async () => {
    const { store, study } = await openWithStudy(open, {
      directions: ['minimize', 'maximize'],
      metrics: ['mae', 'r2'],
    });
    expect(study).toMatchObject(newStudy({ directions: ['minimize', 'maximize'], metrics: ['mae', 'r2'] }));
    expect(Math.abs((study.createdMs ?? 0) - Date.now())).toBeLessThan(LONG_MS);
    expect(await store.findStudy('digits')).toEqual(study);
    expect(await store.findStudy('Digits')).toBeNull();
  });

  it('keeps everything that a second process must know', async () => {
    const changes = {
      budget: 200,
      repeats: { count: 3, aggregate: 'median' },
      pruneMetric: 'mae',
      warmStart: { study: 'earlier', trials: 2 },
      confirms: 'another',
    } as const;
    const definition = { ...newStudy().definition, ...changes };
    const { store, study } = await openWithStudy(open, { definition });
    expect(study.definition).toEqual(definition);
    expect((await store.findStudy('digits'))?.definition).toEqual(definition);
  });

  it('stores another sampler or pruner to go on with, and nothing else', async () => {
    const { store, study } = await openWithStudy(open);
    await store.enqueueTrial(study.id, { x: 0.5 });
    const [sampler, pruner] = [{ name: 'tpe', settings: { startup: 3 } }, { name: 'none' }];
    const changed = { ...study, definition: { ...study.definition, sampler } };
    expect(await store.changeSampling(study.id, { sampler })).toEqual(changed);
    expect(await store.changeSampling(study.id, {})).toEqual(changed);
    await store.changeSampling(study.id, { pruner });
    expect(await store.findStudy('digits')).toEqual({ ...changed, definition: { ...changed.definition, pruner } });
    expect(await claim(store, study, newOwner())).toMatchObject({ number: 0, params: { x: 0.5 } });
    expect(await claim(store, study, newOwner())).toMatchObject({ number: 1, draw: 0 });
  });

  it('keeps the prior apart from the study: infinite values, look-alike choices and all', async () => {
    const trial = { number: 3, constraints: [-1, 0.5], reports: [], note: null };
    const prior = [
      { ...trial, state: 'complete', params: { x: 0.1 + 0.2, c: '1' }, values: [1e-300] },
      { ...trial, number: 9, state: 'pruned', params: { c: 1 }, values: [Infinity], reports: [{ step: 2, value: 5 }] },
    ] as const;
    const { store, study } = await openWithStudy(open, { prior });
    expect(study).not.toHaveProperty('prior');
    expect(await store.readPrior(study.id)).toEqual(prior);
    const { id } = await store.createStudy(newStudy({ name: 'without' }));
    expect(await store.readPrior(id)).toEqual([]);
    expect(await store.readTrials(study.id)).toEqual([]);
  });

  it('refuses a second study of the same name and keeps the first', async () => {
    const { store, study } = await openWithStudy(open);
    await expect(store.createStudy(newStudy({ directions: ['maximize'] }))).rejects.toMatchObject(
      storeError('STUDY_EXISTS'),
    );
    expect(await store.listStudies()).toEqual([study]);
  });

  it('lists studies in the order they were made', async () => {
    const { store, study } = await openWithStudy(open);
    const second = await store.createStudy(newStudy({ name: 'a second' }));
    expect(second.id).toBeGreaterThan(study.id);
    expect((await store.listStudies()).map(({ name }) => name)).toEqual(['digits', 'a second']);
  });

  it('numbers the trials of each study from 0', async () => {
    const { store, study } = await openWithStudy(open);
    const other = await store.createStudy(newStudy({ name: 'other' }));
    const numbers = [];
    for (const { id } of [study, other, study, other, other]) numbers.push(await store.enqueueTrial(id, { x: 0.5 }));
    expect(numbers).toEqual([0, 0, 1, 1, 2]);
    expect((await store.readTrials(other.id)).map(({ number }) => number)).toEqual([0, 1, 2]);
  });

  it.each(ODD_NAMES)('keeps $name in every text', async ({ text }) => {
    const definition = { ...newStudy().definition, facts: { [text]: [text, { [text]: null }] } };
    const { store, study } = await openWithStudy(open, { name: text, metrics: [text], definition });
    expect(await store.findStudy(text)).toEqual(study);
    expect(study).toMatchObject({ name: text, metrics: [text], definition });
  });

  it('refuses unknown studies and trials', async () => {
    const { store } = await openWithStudy(open);
    const owner = newOwner();
    const noStudy = [
      () => store.readTrials(4711),
      () => store.readPrior(4711),
      () => store.changeSampling(4711, {}),
      () => store.enqueueTrial(4711, {}),
      () => store.claimTrial(4711, owner, null),
      () => store.renewLeases(4711, owner),
      () => store.reapTrials(4711, owner, LIMITS, LONG_MS),
    ];
    const noTrial = [
      () => store.writeParams(4711, owner, {}, SPACE, null),
      () => store.writeReports(4711, owner, [{ step: 1, value: 1 }]),
      () => store.writeRungs(4711, owner, [1]),
      () => store.finishTrial(4711, owner, complete(1)),
    ];
    for (const call of noStudy) await expect(call()).rejects.toMatchObject(storeError('STUDY_NOT_FOUND'));
    for (const call of noTrial) await expect(call()).rejects.toMatchObject(storeError('TRIAL_NOT_FOUND'));
  });

  it('refuses everything once it is closed, except being closed again', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    await store.close();
    await store.close();
    const calls = [
      () => store.createStudy(newStudy({ name: 'late' })),
      () => store.findStudy('digits'),
      () => store.listStudies(),
      () => store.readTrials(study.id),
      () => store.enqueueTrial(study.id, {}),
      () => store.claimTrial(study.id, owner, null),
      () => store.finishTrial(1, owner, complete(1)),
      () => store.renewLeases(study.id, owner),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject(storeError('STORE_CLOSED'));
  });
}
