import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { float, ordered, space } from '@assay/space';
import { DEFINITION_DEFAULTS, LATE_RESULT, newOwner, type TrialEnding } from '@assay/study';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from './open-store.js';

// What Optuna writes, without Optuna: optuna.test.ts asks Optuna itself, where there is one.

const folder = mkdtempSync(join(tmpdir(), 'assay-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

async function openBoth() {
  const path = join(folder, `${files++}.db`);
  const store = await openSqliteStore(path);
  const optuna = new Database(path);
  optuna.pragma('foreign_keys = OFF');
  onTestFinished(async () => {
    optuna.close();
    await store.close();
  });
  return { store, optuna };
}

const SPACE = space({ x: float(0, 1), batch: ordered([32, 64, 'all']) }).parameters;
const STUDY = {
  name: 'study',
  directions: ['minimize'],
  metrics: ['mae'],
  definition: { ...DEFINITION_DEFAULTS, space: SPACE, sampler: null, pruner: null, seed: 1, facts: {} },
} as const;
const COMPLETE: TrialEnding = { state: 'complete', values: [1], end: null, retry: false };

describe('reading what Optuna wrote', () => {
  it.each([
    { name: 'legacy constraints', attributes: [['constraints', '[0.5, -1.0]']], constraints: [0.5, -1] },
    { name: 'a constraint function that raised', attributes: [['constraints', 'null']], constraints: [Infinity] },
    {
      name: 'both forms: the legacy ones first',
      attributes: [
        ['constraints:memory', '2.0'],
        ['constraints', '[1.0]'],
        ['constraints:time', '-3.0'],
      ],
      constraints: [1, 2, -3],
    },
    { name: 'none', attributes: [['tpe:relative_params:0', '"{}"']], constraints: [] },
  ])('constraints: $name', async ({ attributes, constraints }) => {
    const { store, optuna } = await openBoth();
    optuna.exec(`INSERT INTO studies VALUES (1, 's'); INSERT INTO study_directions VALUES (1, 'MAXIMIZE', 1, 0);
      INSERT INTO trials VALUES (1, 0, 1, 'COMPLETE', '2026-11-20 18:25:08.470000', '2026-11-20 18:25:09');
      INSERT INTO trial_values VALUES (1, 1, 0, 2.5, 'FINITE')`);
    const add = optuna.prepare('INSERT INTO trial_system_attributes (trial_id, "key", value_json) VALUES (1, ?, ?)');
    for (const attribute of attributes) add.run(attribute);
    const [trial] = await store.readTrials(1);
    expect(trial).toMatchObject({ constraints, values: [2.5], startedMs: Date.UTC(2026, 10, 20, 18, 25, 8, 470) });
    expect(await store.findStudy('s')).toMatchObject({ directions: ['maximize'], metrics: [], definition: null });
  });

  it('positions of ordered parameters in a study of ours', async () => {
    const { store, optuna } = await openBoth();
    const study = await store.createStudy(STUDY);
    optuna.exec(`INSERT INTO trials VALUES (1, 0, ${study.id}, 'COMPLETE', NULL, NULL);
      INSERT INTO trial_values VALUES (1, 1, 0, NULL, 'INF_NEG');
      INSERT INTO trial_params VALUES (1, 1, 'batch', 2.0,
        '{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 0, "high": 2}}');
      INSERT INTO trial_params VALUES (2, 1, 'x', 0.5, '{"name": "UniformDistribution", "attributes": {"low": 0, "high": 1}}')`);
    expect((await store.readTrials(study.id))[0]).toMatchObject({
      params: { batch: 'all', x: 0.5 },
      values: [-Infinity],
    });
  });

  it('its retries: a waiting trial with parameters, as old as its first attempt', async () => {
    const { store, optuna } = await openBoth();
    const study = await store.createStudy(STUDY);
    for (const x of [0.1, 0.2]) await store.enqueueTrial(study.id, { x });
    optuna.exec(`UPDATE trials SET state = 'FAIL' WHERE number = 0;
      INSERT INTO trials VALUES (3, 2, ${study.id}, 'WAITING', NULL, NULL);
      INSERT INTO trial_system_attributes (trial_id, "key", value_json) VALUES
        (3, 'failed_trial', '0'), (3, 'retry_history', '[0]'), (3, 'fixed_params', '{"x": 0.1}');
      INSERT INTO trial_params VALUES (1, 3, 'x', 0.1, '{"name": "FloatDistribution", "attributes": {"low": 0, "high": 1}}')`);
    const owner = newOwner();
    const claim = await store.claimTrial(study.id, owner, null);
    expect(claim).toMatchObject({ trial: { number: 2, retryOf: 0, params: { x: 0.1 } } });
    await store.writeParams(3, owner, { batch: 64, x: 0.1 }, SPACE, null);
    const [, , retry] = await store.readTrials(study.id);
    expect(Object.entries(retry?.params ?? {})).toEqual([
      ['x', 0.1],
      ['batch', 64],
    ]);
  });
});

describe('when Optuna changes what is ours', () => {
  it('keeps the result of a trial that Optuna has ended meanwhile', async () => {
    const { store, optuna } = await openBoth();
    const study = await store.createStudy(STUDY);
    const owner = newOwner();
    const claim = await store.claimTrial(study.id, owner, null);
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    optuna.exec(`UPDATE trials SET state = 'FAIL', datetime_complete = '2026-11-20 18:25:08.000000'`);
    await expect(store.finishTrial(claim.trial.id, owner, COMPLETE)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect((await store.readTrials(study.id))[0]).toMatchObject({
      state: 'failed',
      values: [],
      attributes: { [LATE_RESULT]: { state: 'complete', values: [1] } },
    });
  });

  it('gives no id twice and no new study an old one’s definition after Optuna has deleted one', async () => {
    const { store, optuna } = await openBoth();
    const observation = {
      number: 0,
      state: 'complete',
      params: { x: 1 },
      values: [1],
      constraints: [],
      reports: [],
    } as const;
    const first = await store.createStudy({ ...STUDY, prior: [{ ...observation, note: null }] });
    await store.enqueueTrial(first.id, { x: 0.5 });
    const owner = newOwner();
    await store.claimTrial(first.id, owner, null);
    optuna.exec(`DELETE FROM trial_system_attributes; DELETE FROM trials; DELETE FROM study_directions;
      DELETE FROM study_system_attributes; DELETE FROM studies`);
    optuna.exec(`INSERT INTO studies (study_name) VALUES ('theirs');
      INSERT INTO study_directions VALUES (1, 'MINIMIZE', 1, 0); INSERT INTO trials VALUES (1, 0, 1, 'RUNNING', NULL, NULL)`);
    expect(await store.findStudy('theirs')).toMatchObject({ id: first.id, definition: null });
    expect(await store.readPrior(first.id)).toEqual([]);
    await expect(store.writeReports(1, owner, [{ step: 1, value: 1 }])).rejects.toMatchObject({ code: 'LEASE_LOST' });
    const second = await store.createStudy(STUDY);
    expect(second.id).toBe(first.id + 1);
    const claim = await store.claimTrial(second.id, owner, null);
    expect(claim).toMatchObject({ trial: { id: 2, number: 0, draw: 0 } });
  });
});

describe('what is written for Optuna', () => {
  it('nothing, where planned parameters do not fit their space', async () => {
    const { store } = await openBoth();
    const study = await store.createStudy(STUDY);
    const planned = { number: 0, draw: 0, params: { y: 1 }, space: SPACE, note: null };
    const claimed = store.claimTrial(study.id, newOwner(), null, planned);
    await expect(claimed).rejects.toMatchObject({ code: 'INVALID_VALUE' });
    expect(await store.readTrials(study.id)).toEqual([]);
    expect(await store.claimTrial(study.id, newOwner(), null)).toMatchObject({ trial: { number: 0, draw: 0 } });
  });

  it('fixed parameters are its own values: an ordered one as a position', async () => {
    const { store, optuna } = await openBoth();
    const study = await store.createStudy(STUDY);
    await store.enqueueTrial(study.id, { x: 0.5, batch: 'all' });
    const fixed = optuna.prepare(`SELECT value_json FROM trial_system_attributes WHERE "key" = 'fixed_params'`);
    expect(fixed.pluck().get()).toBe('{"x": 0.5, "batch": 2}');
    expect((await store.readTrials(study.id))[0]?.params).toEqual({ x: 0.5, batch: 'all' });
  });

  it.each([
    { directions: ['minimize'], state: 'PRUNED' },
    { directions: ['minimize', 'maximize'], state: 'FAIL' },
  ] as const)('a trial pruned with $directions.length objectives is $state', async ({ directions, state }) => {
    const { store, optuna } = await openBoth();
    const study = await store.createStudy({ ...STUDY, directions, metrics: [] });
    const owner = newOwner();
    const claim = await store.claimTrial(study.id, owner, null);
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    const end = { reason: 'pruned', message: 'below the median' } as const;
    await store.finishTrial(claim.trial.id, owner, { state: 'pruned', values: [], end, retry: false });
    expect(optuna.prepare('SELECT state FROM trials').pluck().get()).toBe(state);
    expect(await store.readTrials(study.id)).toMatchObject([{ state: 'pruned', end }]);
  });

  it.each([
    { name: 'a parameter that the space does not have', params: { y: 1 } },
    { name: 'a value that is not in the list', params: { batch: 33 } },
    { name: 'text for a number', params: { x: 'much' } },
    { name: 'NaN', params: { x: Number.NaN } },
  ])('refuses $name, and the trial can still be given its parameters', async ({ params }) => {
    const { store } = await openBoth();
    const study = await store.createStudy(STUDY);
    const owner = newOwner();
    const claim = await store.claimTrial(study.id, owner, null);
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    const write = store.writeParams(claim.trial.id, owner, params, SPACE, null);
    await expect(write).rejects.toMatchObject({ code: 'INVALID_VALUE' });
    await store.writeParams(claim.trial.id, owner, { x: 0.5, batch: 32 }, SPACE, null);
    await store.finishTrial(claim.trial.id, owner, COMPLETE);
  });

  it('refuses names that are longer than Optuna’s columns', async () => {
    const { store } = await openBoth();
    const name = 'n'.repeat(513);
    await expect(store.createStudy({ ...STUDY, name })).rejects.toMatchObject({ code: 'INVALID_VALUE' });
    await store.createStudy({ ...STUDY, name: name.slice(1) });
  });
});
