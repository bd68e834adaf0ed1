import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { categorical, choice, encodeDistribution, float, type Json, ordered, space } from '@assay/space';
import {
  DEFINITION_DEFAULTS,
  newOwner,
  type StudyRecord,
  type StudyStore,
  type TrialEnding,
  type TrialRecord,
} from '@assay/study';
import { expect, it } from 'vitest';
import { openStore } from './open-store.js';
import { run } from './run-trials.test.child.js';

const PYTHON = process.env.ASSAY_PYTHON;
const SCRIPT = fileURLToPath(new URL('./optuna-check.py', import.meta.url));

/** Why comparisons are skipped, for their titles; empty when they are not. */
export const NO_OPTUNA = PYTHON === undefined ? ' (skipped: set ASSAY_PYTHON to a Python that has optuna 5)' : '';

/** The same for PostgreSQL: SQLAlchemy needs a driver. */
export const NO_DRIVER =
  NO_OPTUNA !== '' || spawnSync(PYTHON!, ['-c', 'import psycopg2']).status === 0
    ? NO_OPTUNA
    : ' (skipped: install psycopg2-binary where ASSAY_PYTHON points)';

/** What `optuna-check.py dump` prints of a trial; infinities and NaN are text. */
interface OptunaTrial {
  readonly number: number;
  readonly state: string;
  readonly params: Readonly<Record<string, Json>>;
  readonly types: Readonly<Record<string, string>>;
  readonly distributions: Readonly<Record<string, Json>>;
  readonly values: readonly (number | string)[] | null;
  readonly reports: readonly (readonly [number, number | string])[];
  readonly attributes: Readonly<Record<string, Json>>;
  readonly system: Readonly<Record<string, Json>>;
  readonly startedMs: number | null;
  readonly finishedMs: number | null;
}

interface OptunaStudy {
  readonly trials: readonly OptunaTrial[];
  readonly best: number | null;
  readonly directions: readonly string[];
  readonly metrics: readonly string[] | null;
}

const SPACE = space({
  x: float(-10, 10),
  lr: float(1e-5, 1e-1, { log: true }),
  optimizer: categorical(['adam', 'sgd', null, true, 2.5]),
  batch: ordered([32, 64, 'all', null]),
}).parameters;
const MOMENTUM = space({ optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.99) } }) }).parameters[1]!;
const WIDE = [...SPACE, { ...MOMENTUM, name: 'optimizer.sgd.momentum' }];

type OptunaCommand = 'make' | 'dump' | 'continue' | 'front' | 'importances' | 'delete';

export function optuna(command: OptunaCommand, store: string, study = 'study'): string {
  const url = store.replace(/^postgresql:/, 'postgresql+psycopg2:'); // SQLAlchemy's own choice of a driver changes
  return execFileSync(PYTHON!, [SCRIPT, command, url, study], { encoding: 'utf8', stdio: 'pipe' });
}

export function dump(url: string): OptunaStudy {
  return JSON.parse(optuna('dump', url));
}

const text = (value: number): number | string => {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'inf' : '-inf';
};

const STATES = { waiting: 'WAITING', running: 'RUNNING', complete: 'COMPLETE', pruned: 'PRUNED', failed: 'FAIL' };
const BATCHES: readonly Json[] = [32, 64, 'all', null];

/** A record of ours as Optuna should see it: ordered values are positions, parameters those of a trial that has begun. */
function asOptuna(trial: TrialRecord): Partial<OptunaTrial> {
  const { batch, ...others } = trial.params;
  const params = batch === undefined ? others : { ...others, batch: BATCHES.indexOf(batch) };
  return {
    number: trial.number,
    state: STATES[trial.state],
    params,
    values: trial.values.length === 0 ? null : trial.values.map(text),
    reports: trial.reports.map(({ step, value }) => [step, text(value)]),
    attributes: trial.attributes,
    startedMs: trial.startedMs,
    finishedMs: trial.finishedMs,
  };
}

async function makeOurs(store: StudyStore): Promise<StudyRecord> {
  const definition = {
    ...DEFINITION_DEFAULTS,
    space: WIDE,
    sampler: { kind: 'tpe' },
    pruner: null,
    seed: 1,
    facts: {},
  };
  const study = await store.createStudy({ name: 'study', directions: ['minimize'], metrics: ['mäe "x"'], definition });
  const owner = newOwner();
  const run = async (params: TrialRecord['params'], reports: readonly number[], ending: TrialEnding | null) => {
    const claim = await store.claimTrial(study.id, owner, null);
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    await store.writeParams(claim.trial.id, owner, params, WIDE, { generation: 1 });
    for (const [step, value] of reports.entries()) await store.writeReports(claim.trial.id, owner, [{ step, value }]);
    await store.writeRungs(claim.trial.id, owner, reports.filter(Number.isFinite));
    if (ending !== null) await store.finishTrial(claim.trial.id, owner, ending);
  };
  const complete = { state: 'complete', end: null, retry: false } as const;
  const base = { x: 0.1 + 0.2, lr: 1e-5, optimizer: 'adam', batch: 'all' };
  const attributes = { 'rows/s': 1e21, 'ü 🚕': [null, { deep: true }], Infinity: 'NaN, Infinity', many: 1e-7 };
  await run(base, [3, Number.NaN, -Infinity, 1], {
    ...complete,
    values: [0.25],
    constraints: [-1, 0, 0.5],
    attributes,
  });
  await run({ ...base, optimizer: 'sgd', 'optimizer.sgd.momentum': 5e-324 }, [], { ...complete, values: [-1e-300] });
  const pruned = { reason: 'pruned', message: 'below the median' } as const;
  await run({ ...base, optimizer: null }, [5, 4], { state: 'pruned', values: [4], end: pruned, retry: false });
  const diverged = { reason: 'diverged', message: 'the loss is NaN' } as const;
  await run({ ...base, optimizer: true }, [1], { state: 'pruned', values: [Infinity], end: diverged, retry: false });
  await run(base, [], { state: 'pruned', values: [], end: pruned, retry: false });
  const threw = { reason: 'threw', message: 'no', stack: 'Error: no' } as const;
  await run({ ...base, optimizer: 2.5, batch: null }, [7], { state: 'failed', values: [], end: threw, retry: true });
  await run({ ...base, optimizer: 2.5, batch: null }, [7], { state: 'failed', values: [], end: threw, retry: true });
  await run({ ...base, batch: 32 }, [8], { ...complete, values: [1] });
  await run({ ...base, batch: 64 }, [], null);
  return study;
}

const ADDITIVE = space({
  a: float(0, 1),
  b: float(0, 1),
  c: ordered([10, 20, 30]),
  d: float(1e-4, 1, { log: true }),
}).parameters;

/** The real root of x^5 = x + 1: multiples of its inverse's powers fill four dimensions evenly. */
const EVEN_IN_FOUR = 1.1673039782614187;

/** 200 trials, evenly spread, worth 4a + 2b whatever c and d are. */
async function makeAdditive(store: StudyStore): Promise<void> {
  const definition = { ...DEFINITION_DEFAULTS, space: ADDITIVE, sampler: null, pruner: null, seed: 1, facts: {} };
  const study = await store.createStudy({ name: 'study', directions: ['minimize'], metrics: ['loss'], definition });
  const owner = newOwner();
  for (let number = 0; number < 200; number++) {
    const share = (power: number): number => ((number + 1) * EVEN_IN_FOUR ** -power) % 1;
    const [a, b] = [share(1), share(2)];
    const params = { a, b, c: [10, 20, 30][Math.floor(3 * share(3))]!, d: 1e-4 ** share(4) };
    const claim = await store.claimTrial(study.id, owner, null, {
      number,
      draw: number,
      params,
      space: ADDITIVE,
      note: null,
    });
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    const complete = { state: 'complete', values: [4 * a + 2 * b], end: null, retry: false } as const;
    await store.finishTrial(claim.trial.id, owner, complete);
  }
}

/**
 * Declares the tests in which Optuna itself reads, makes and continues studies beside us.
 * @param newUrl of a fresh, empty database
 */
export function itAgreesWithOptuna(newUrl: () => Promise<string>): void {
  it('on every trial of ours, while we have the store open and afterwards', async () => {
    const store = await openStore(await newUrl());
    const study = await makeOurs(store);
    const trials = await store.readTrials(study.id);
    expect(trials.map(({ state }) => state).join(' ')).toBe(
      'complete complete pruned pruned pruned failed failed complete running',
    );
    const seen = dump(store.url);
    expect(seen).toMatchObject({ best: 1, directions: ['MINIMIZE'], metrics: ['mäe "x"'] });
    expect(seen.trials).toMatchObject(trials.map(asOptuna));
    for (const { distributions, params } of seen.trials) {
      for (const [name, distribution] of Object.entries(distributions)) {
        const ours = WIDE.find((parameter) => parameter.name === name)!.distribution;
        expect(distribution).toEqual(JSON.parse(encodeDistribution(ours)));
      }
      expect(Object.keys(params).sort()).toEqual(Object.keys(distributions).sort());
    }
    expect(seen.trials[0]?.system).toMatchObject({
      constraints: [-1, 0, 0.5],
      completed_rung_0: 3,
      completed_rung_1: 1,
    });
    expect(seen.trials[6]?.system).toMatchObject({ failed_trial: 5, retry_history: [5] });
    expect(seen.trials[7]?.system).toMatchObject({ failed_trial: 5, retry_history: [5, 6] });
    await store.close();
    expect(dump(store.url)).toEqual(seen);
  });

  it('when it continues our study, with what we waited for, and we continue after it', async () => {
    const store = await openStore(await newUrl());
    const study = await makeOurs(store);
    const fixed = { x: 1, lr: 0.001, optimizer: 'sgd', 'optimizer.sgd.momentum': 0.5, batch: 'all' };
    await store.enqueueTrial(study.id, fixed, { confirms: 17 });
    const before = await store.readTrials(study.id);
    optuna('continue', store.url);
    const after = await store.readTrials(study.id);
    expect(after.slice(0, 9)).toEqual(before.slice(0, 9));
    expect(after).toHaveLength(14);
    expect(after[9]).toMatchObject({ state: 'complete', params: fixed, values: [1.001], attributes: { confirms: 17 } });
    for (const trial of after.slice(9)) {
      expect(trial).toMatchObject({ state: 'complete', draw: null, attributes: { by: 'optuna' } });
      expect(BATCHES).toContain(trial.params.batch);
      expect(trial.reports).toEqual([{ step: 1, value: trial.params.x }]);
    }
    const owner = newOwner();
    const claim = await store.claimTrial(study.id, owner, null);
    expect(claim).toMatchObject({ kind: 'claimed', trial: { number: 14, draw: 7 } });
    expect(dump(store.url).trials).toMatchObject((await store.readTrials(study.id)).map(asOptuna));
    await store.close();
  });

  it('when it made the study: types, odd choices, unfinished trials, its constraints', async () => {
    const url = await newUrl();
    optuna('make', url);
    const store = await openStore(url);
    const study = await store.findStudy('study');
    expect(study).toMatchObject({
      directions: ['maximize'],
      metrics: ['accuracy'],
      definition: null,
      createdMs: null,
    });
    const trials = await store.readTrials(study!.id);
    const dumped = dump(store.url).trials;
    expect(trials.map(({ state }) => STATES[state])).toEqual(dumped.map(({ state }) => state));
    expect(trials.map(({ startedMs }) => startedMs)).toEqual(dumped.map(({ startedMs }) => startedMs));
    expect(trials[0]).toMatchObject({
      params: { layers: expect.stringMatching(/^\[(64, 64|128)\]$/), n: dumped[0]?.params.n, x: dumped[0]?.params.x },
      values: [0.75],
      reports: [
        { step: 0, value: Number.NaN },
        { step: 1, value: -0.5 },
        { step: 2, value: Infinity },
      ],
      constraints: [0.5],
      attributes: { odd: [1, 2, { k: Number.NaN, NaN: 'NaN, Infinity' }] },
      draw: null,
      note: null,
    });
    expect([0, Number.NaN]).toContainEqual(trials[0]?.params.fill);
    expect(trials.slice(1).map(({ state, values }) => [state, values])).toEqual([
      ['pruned', [3]],
      ['failed', []],
      ['complete', [-Infinity]],
      ['running', []],
      ['running', []],
      ['waiting', []],
    ]);
    expect(trials[4]?.params).toEqual({ x: 0.5, n: 8 });
    expect(trials[6]?.params).toEqual({ x: 0.25 });
    await leavesUnleasedAlone(store, study!, trials);
    await store.close();
  });

  it('on which parameters matter: 4a + 2b over the unit square owes a 16/20 of its variance, b 4/20', async () => {
    const store = await openStore(await newUrl());
    await makeAdditive(store);
    const shares: Readonly<Record<string, number>> = JSON.parse(optuna('importances', store.url));
    expect(Object.keys(shares).slice(0, 2)).toEqual(['a', 'b']);
    expect(Math.abs(shares.a! - 0.8)).toBeLessThan(0.05);
    expect(Math.abs(shares.b! - 0.2)).toBeLessThan(0.05);
    expect(Object.keys(shares).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(shares.c! + shares.d!).toBeLessThan(0.02);
    await store.close();
  });

  it('when it deletes our study: nothing of it comes back in the next one', async () => {
    const store = await openStore(await newUrl());
    const first = await makeOurs(store);
    const last = (await store.readTrials(first.id)).at(-1)!;
    optuna('delete', store.url);
    expect(await store.listStudies()).toEqual([]);
    const second = await makeOurs(store);
    expect(second.id).toBeGreaterThan(first.id);
    const trials = await store.readTrials(second.id);
    expect(trials.map(({ number }) => number)).toEqual(trials.map((_, i) => i));
    expect(trials[0]).toMatchObject({ draw: 0, state: 'complete' });
    expect(trials[0]!.id).toBeGreaterThan(last.id);
    await store.close();
  });

  it('when it runs trials while two processes of ours do', async () => {
    const url = await newUrl();
    const runners = [1, 2].map(() => run({ store: url, until: 300, enqueue: 0, pauseMs: 5, failures: false }));
    await once(runners[0]!.process.stdout!, 'data');
    optuna('continue', url, 'shared');
    await Promise.all(runners.map(({ finished }) => finished));
    expect(runners.map(({ process }) => process.exitCode)).toEqual([0, 0]);
    const store = await openStore(url);
    const trials = await store.readTrials((await store.findStudy('shared'))!.id);
    expect(trials.map(({ number, state }) => [number, state])).toEqual(trials.map((_, i) => [i, 'complete']));
    expect(trials.filter(({ attributes }) => attributes.by === 'optuna')).toHaveLength(5);
    const draws = trials.flatMap(({ draw }) => draw ?? []);
    expect(draws).toEqual(Array.from({ length: trials.length - 5 }, (_, i) => i));
    expect(draws.length).toBeGreaterThanOrEqual(295);
    await store.close();
  });
}

async function leavesUnleasedAlone(
  store: StudyStore,
  study: StudyRecord,
  before: readonly TrialRecord[],
): Promise<void> {
  const owner = newOwner();
  expect(await store.reapTrials(study.id, owner, { workerDeaths: 1, processDeaths: 1 }, 0)).toEqual([]);
  expect(await store.readTrials(study.id)).toEqual(before);
  const finish = store.finishTrial(before[5]!.id, owner, { state: 'complete', values: [1], end: null, retry: false });
  await expect(finish).rejects.toMatchObject({ code: 'LEASE_LOST' });
  expect(await store.claimTrial(study.id, owner, 4)).toMatchObject({ trial: { number: 6, params: { x: 0.25 } } });
  expect(await store.claimTrial(study.id, owner, 4)).toEqual({ kind: 'full' });
  expect(await store.claimTrial(study.id, owner, 3)).toEqual({ kind: 'done' });
}
