import type { Scalar, SearchSpace } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { newOwner } from '../owner.js';
import { claim, complete, type OpenStore, openWithStudy, readTrial, start, storeError } from './contract-fixtures.js';

const CHOICES: readonly Scalar[] = [1, '1', true, null, 'true', '', 0, false, 'ü🚕 "\'\n\\', 0.1];

/** Ten parameters, conditional, of every kind; the names and choices are awkward on purpose. */
const WIDE: SearchSpace = [
  { name: 'z last in the alphabet', distribution: float(-10, 10), condition: null },
  { name: 'lr', distribution: { ...float(1e-5, 1e-1), log: true }, condition: null },
  { name: 'rate', distribution: { ...float(0, 1), step: 0.25 }, condition: null },
  { name: 'layers', distribution: { kind: 'int', low: 1, high: 3, log: false, step: 1 }, condition: null },
  { name: 'units[0]', distribution: int(16, 256), condition: { kind: 'above', parent: 'layers', index: 0 } },
  { name: 'units[1]', distribution: int(16, 256), condition: { kind: 'above', parent: 'layers', index: 1 } },
  { name: 'units[2]', distribution: int(16, 256), condition: { kind: 'above', parent: 'layers', index: 2 } },
  { name: 'optimizer', distribution: { kind: 'categorical', choices: ['adam', 'sgd'] }, condition: null },
  {
    name: 'optimizer.sgd.μ',
    distribution: float(0, 0.99),
    condition: { kind: 'equals', parent: 'optimizer', value: 'sgd' },
  },
  { name: 'a batch', distribution: { kind: 'ordered', values: [32, 128, 1024, 'all'] }, condition: null },
];

/** Parameters, reports, rungs, attributes: what goes in comes out. */
export function itKeepsTrialData(open: OpenStore): void {
  it.each([
    {
      name: 'two layers, sgd',
      params: {
        'z last in the alphabet': 0.1 + 0.2,
        lr: 1e-5,
        rate: 0.75,
        layers: 2,
        'units[0]': 16,
        'units[1]': 256,
        optimizer: 'sgd',
        'optimizer.sgd.μ': 5e-324,
        'a batch': 'all',
      },
    },
    {
      name: 'three layers, adam',
      params: {
        'z last in the alphabet': -9.999999999999998,
        lr: 0.1,
        rate: 0,
        layers: 3,
        'units[0]': 17,
        'units[1]': 18,
        'units[2]': 19,
        optimizer: 'adam',
        'a batch': 32,
      },
    },
  ])('keeps a conditional space of ten parameters exactly and in order: $name', async ({ params }) => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await claim(store, study, owner);
    await store.writeParams(id, owner, params, WIDE, { generation: [3, null, 'ü'] });
    const trial = await readTrial(store, study, 0);
    expect(Object.entries(trial.params)).toEqual(Object.entries(params));
    expect(trial.note).toEqual({ generation: [3, null, 'ü'] });
  });

  it.each(CHOICES.map((choice) => ({ choice })))(
    'keeps the choice $choice apart from its look-alikes',
    async ({ choice }) => {
      const { store, study } = await openWithStudy(open);
      const owner = newOwner();
      const { id } = await claim(store, study, owner);
      // Python takes 1 for true, so they never share a space; here each stands beside strings that look like it.
      const choices = [choice, ...CHOICES.filter((other) => typeof other === 'string' && other !== choice)];
      const space: SearchSpace = [{ name: 'c', distribution: { kind: 'categorical', choices }, condition: null }];
      await store.writeParams(id, owner, { c: choice }, space, null);
      expect((await readTrial(store, study, 0)).params).toEqual({ c: choice });
    },
  );

  it('keeps any scalar among the fixed parameters of a waiting trial', async () => {
    const { store, study } = await openWithStudy(open);
    const params = Object.fromEntries(CHOICES.map((choice, i) => [`p${9 - i}`, choice]));
    await store.enqueueTrial(study.id, params);
    expect(Object.entries((await readTrial(store, study, 0)).params)).toEqual(Object.entries(params));
    expect(Object.entries((await claim(store, study, newOwner())).params)).toEqual(Object.entries(params));
  });

  it('takes parameters once', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner, { x: 0.25 });
    const again = store.writeParams(id, owner, { x: 0.75 }, study.definition?.space ?? [], null);
    await expect(again).rejects.toMatchObject(storeError('ILLEGAL_TRANSITION'));
    expect((await readTrial(store, study, 0)).params).toEqual({ x: 0.25 });
  });

  it('keeps reports ascending by step, whatever their value, and ignores a second one for a step', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    const given: [number, number][] = [
      [3, 0.3],
      [0, Number.NaN],
      [2, -Infinity],
      [3, 99],
      [10, Infinity],
      [1, -1e300],
    ];
    for (const [step, value] of given) await store.writeReports(id, owner, [{ step, value }]);
    expect((await readTrial(store, study, 0)).reports).toEqual([
      { step: 0, value: Number.NaN },
      { step: 1, value: -1e300 },
      { step: 2, value: -Infinity },
      { step: 3, value: 0.3 },
      { step: 10, value: Infinity },
    ]);
    await store.finishTrial(id, owner, complete(1));
    expect((await readTrial(store, study, 0)).reports).toHaveLength(5);
  });

  it('keeps reports that come together, and those that come with the end', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    const many = Array.from({ length: 40 }, (_, step) => ({ step, value: step === 7 ? Number.NaN : 1 / (step + 1) }));
    await store.writeReports(id, owner, many.slice(0, 18));
    await store.writeReports(id, owner, many.slice(10, 19)); // most of them again
    await store.writeReports(id, owner, []);
    await store.finishTrial(id, owner, { ...complete(1), reports: many.slice(5) });
    expect((await readTrial(store, study, 0)).reports).toEqual(many);
  });

  it.each([-1, 0.5, Number.NaN, Infinity])('refuses a report at step %d', async (step) => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    const reports = [0, step].map((at) => ({ step: at, value: 1 }));
    await expect(store.writeReports(id, owner, reports)).rejects.toMatchObject(storeError('INVALID_VALUE'));
    expect((await readTrial(store, study, 0)).reports).toEqual([]);
  });

  it('keeps the rungs that were written last', async () => {
    const { store, study } = await openWithStudy(open);
    const owner = newOwner();
    const { id } = await start(store, study, owner);
    await store.writeRungs(id, owner, [0.5]);
    await store.writeRungs(id, owner, [0.5, -0.25, 1e-9]);
    expect((await readTrial(store, study, 0)).rungs).toEqual([0.5, -0.25, 1e-9]);
  });

  describe('what an ending carries', () => {
    it('keeps values, constraints and attributes', async () => {
      const { store, study } = await openWithStudy(open, { directions: ['minimize', 'maximize'], metrics: ['a', 'b'] });
      const owner = newOwner();
      const { id } = await start(store, study, owner);
      const attributes = { 'rows/s': 1e6, 'ü "quoted"': ['🚕', { deep: [null, false, 0.1] }], empty: '' };
      await store.finishTrial(id, owner, { ...complete(0.1 + 0.2, -Infinity), constraints: [-1, 0, 1e-9], attributes });
      const trial = await readTrial(store, study, 0);
      expect(trial).toMatchObject({ state: 'complete', values: [0.1 + 0.2, -Infinity], constraints: [-1, 0, 1e-9] });
      expect(trial.attributes).toEqual(attributes);
      expect(trial.finishedMs).toBeGreaterThanOrEqual(trial.startedMs ?? Infinity);
    });

    it('keeps what the trial took', async () => {
      const { store, study } = await openWithStudy(open);
      const owner = newOwner();
      const resources = { seconds: 1.25, peakBytes: 2 ** 40, worker: 'a-host:17', engine: null };
      const { id } = await start(store, study, owner);
      await store.finishTrial(id, owner, { ...complete(1), resources });
      expect((await readTrial(store, study, 0)).resources).toEqual(resources);
      await store.finishTrial((await start(store, study, owner)).id, owner, complete(1));
      expect(await readTrial(store, study, 1)).not.toHaveProperty('resources');
    });

    it('keeps the reason, the message and the stack', async () => {
      const { store, study } = await openWithStudy(open);
      const owner = newOwner();
      const { id } = await start(store, study, owner);
      const end = { reason: 'threw', message: `no "ü" in it's 🚕`, stack: 'Error: …\n    at objective' } as const;
      await store.finishTrial(id, owner, { state: 'failed', values: [], end, retry: false });
      expect(await readTrial(store, study, 0)).toMatchObject({ state: 'failed', values: [], end });
    });
  });
}

function float(low: number, high: number) {
  return { kind: 'float', low, high, log: false, step: null } as const;
}

function int(low: number, high: number) {
  return { kind: 'int', low, high, log: true, step: 1 } as const;
}
