import { readFile } from 'node:fs/promises';
import type { RepeatPlan, TrialExecutor, TrialHooks, TrialOutcome } from '@assay/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { descent } from './fixtures/descent.js';
import { recordingHooks } from './fixtures/recording-hooks.js';
import { EPOCHS } from './fixtures/training-study.js';
import { createPool } from './pool.js';

const STUDY = new URL('./fixtures/training-study.ts', import.meta.url);
const RATE = 0.1;
const SEED = 11;
const LOSSES = [...descent(SEED, RATE, EPOCHS)].map((loss, epoch) => [epoch, loss] as const);

const poolLines: string[] = [];
let pool: TrialExecutor;

function openPool(workers: number, cell = new Int32Array(new SharedArrayBuffer(4))): Promise<TrialExecutor> {
  const data = { greeting: 'hello', cell };
  return createPool({ studyUrl: STUDY, data, workers, onLog: (line) => poolLines.push(line) });
}

async function run(
  behaviour: string,
  overrides: Partial<TrialHooks> = {},
  executor = pool,
  repeats: RepeatPlan | null = null,
) {
  const hooks = recordingHooks(overrides);
  const task = { number: 5, params: { behaviour, 'training.rate': RATE }, seed: SEED, repeats };
  const outcome = await executor.run(task, hooks);
  return { outcome, reports: hooks.reports, lines: hooks.lines };
}

beforeAll(async () => {
  pool = await openPool(2);
});

afterAll(() => pool.close());

describe('a trial', () => {
  it('sees its number, parameters, flat values, seed and the prepared data', async () => {
    const values = { behaviour: 'echo', 'training.rate': RATE };
    const attributes = { number: 5, rate: RATE, values, seed: SEED, greeting: 'hello' };
    expect((await run('echo')).outcome).toEqual({ kind: 'complete', values: [0], constraints: [-1, 1], attributes });
  });

  it('reports in order, and ends with the value it returns', async () => {
    const { outcome, reports } = await run('train');
    expect(reports).toEqual(LOSSES);
    expect(outcome).toEqual({ kind: 'complete', values: [LOSSES.at(-1)![1]] });
  });

  it('hears a stop and ends as stopped, whatever it returns', async () => {
    const { outcome, reports } = await run('train', { onReport: async (step) => (step === 3 ? 'stop' : 'keep') });
    expect(reports).toEqual(LOSSES.slice(0, 4));
    expect(outcome).toEqual({ kind: 'stopped' });
  });

  it('that ignores a stop reports nothing more', async () => {
    const { outcome, reports } = await run('ignoreStop', { onReport: async (step) => (step === 1 ? 'stop' : 'keep') });
    expect(reports).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(outcome).toEqual({ kind: 'stopped', attributes: { ignored: true } });
  });

  it('that does not await its reports still ends after their answers', async () => {
    const { outcome, reports } = await run('forgetToAwait', {
      onReport: async (step) => (step === 4 ? 'stop' : 'keep'),
    });
    expect(reports).toHaveLength(5);
    expect(outcome.kind).toBe('stopped');
  });

  it('runs beside another one: two wait for each other', async () => {
    const both = await Promise.all([run('meet'), run('meet')]);
    expect(both.map(({ outcome }) => outcome)).toEqual(Array(2).fill({ kind: 'complete', values: [2] }));
  });

  it('logs lines; console, stdout, stderr and warnings of its thread are lines, too', async () => {
    const { lines } = await run('talk');
    expect(lines).toHaveLength(7);
    expect(lines.slice(0, 5)).toEqual(['one', 'two', 'three 3', 'four', 'five']);
    expect(lines.slice(5).sort()).toEqual(['Warning: seven', 'six']);
  });
});

describe('a trial with repeats', () => {
  const plan = { count: 4, aggregate: 'median', reported: 0 } as const;

  it('runs all of them in its worker, reports each, and takes the first one’s seed from the task', async () => {
    const { outcome, reports } = await run('repeat', {}, pool, plan);
    expect(outcome).toMatchObject({ kind: 'complete', values: [1.5], attributes: { repeats: [0, 1, 2, 3] } });
    expect(reports).toEqual([0, 1, 2, 3].map((repeat) => [repeat, repeat]));
    const first = await run('repeat', {}, pool, { ...plan, count: 1 });
    expect(first.outcome).toMatchObject({ attributes: { seed: SEED } });
  });

  it('is stopped between two of them', async () => {
    const onReport = async (step: number) => (step === 2 ? 'stop' : 'keep') as 'stop' | 'keep';
    const { outcome, reports } = await run('repeat', { onReport }, pool, plan);
    expect(outcome).toMatchObject({ kind: 'stopped', value: 1, attributes: { repeats: [0, 1, 2] } });
    expect(reports).toHaveLength(3);
  });

  it('is stopped in the middle of one, by the answer to a report of its own', async () => {
    let asked = 0;
    const onCheckIn = async () => (++asked === 3 ? 'stop' : 'keep') as 'stop' | 'keep';
    const { outcome, reports } = await run('repeat', { onCheckIn }, pool, plan);
    expect(outcome).toMatchObject({ kind: 'stopped', value: 0.5, attributes: { repeats: [0, 1] } });
    expect([asked, reports]).toEqual([
      3,
      [
        [0, 0],
        [1, 1],
      ],
    ]);
  });

  it('is killed in the middle of one', async () => {
    const abort = new AbortController();
    const running = run('loopsForever', { signal: abort.signal }, pool, plan);
    setTimeout(() => abort.abort(), 50);
    expect((await running).outcome).toMatchObject({ kind: 'failed', reason: 'stopped' });
  });
});

it.each<{ behaviour: string; outcome: TrialOutcome }>([
  { behaviour: 'notANumber', outcome: { kind: 'diverged', message: 'mae is NaN' } },
  { behaviour: 'infinite', outcome: { kind: 'diverged', message: 'mae is -Infinity' } },
  {
    behaviour: 'text',
    outcome: { kind: 'failed', reason: 'invalid-value', message: "the objective must return a number, got '12'" },
  },
  {
    behaviour: 'nothing',
    outcome: { kind: 'failed', reason: 'invalid-value', message: 'the objective must return a number, got undefined' },
  },
])('$behaviour: $outcome.kind', async ({ behaviour, outcome }) => {
  expect((await run(behaviour)).outcome).toEqual(outcome);
});

it.each([
  { behaviour: 'throws', message: 'RangeError: the label is missing', at: "throw new RangeError('the label" },
  {
    behaviour: 'badStep',
    message: "RangeError: A report's step must be an integer of at least 0, got 0.5.",
    at: 'report(0.5',
  },
  {
    behaviour: 'floodReports',
    message: '1000 reports wait for their answers: write `await trial.report(step, value)`.',
    at: 'report(step, 0)',
  },
])('$behaviour fails with a stack into the TypeScript file', async ({ behaviour, message, at }) => {
  const { outcome } = await run(behaviour);
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'threw', message });
  const source = await readFile(STUDY, 'utf8');
  const line = source.split('\n').findIndex((text) => text.includes(at)) + 1;
  expect((outcome as { stack: string }).stack).toContain(`training-study.ts:${line}:`);
});

it('rejects with what onReport threw, after the objective has stopped', async () => {
  const lost = new Error('lease lost');
  const onReport = () => Promise.reject(lost);
  await expect(run('train', { onReport })).rejects.toBe(lost);
  expect((await run('empty')).outcome).toEqual({ kind: 'complete', values: [0] });
});

describe('abort', () => {
  const stopped = { kind: 'failed', reason: 'stopped', message: 'stopped by a person' };

  it.each(['loopsForever', 'waitsForever'])('ends a trial that %s', async (behaviour) => {
    const abort = new AbortController();
    const running = run(behaviour, { signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    expect((await running).outcome).toEqual(stopped);
  });

  it('ends a trial before it starts', async () => {
    expect((await run('throws', { signal: AbortSignal.abort() })).outcome).toEqual(stopped);
  });

  it('ends a trial that waits for a worker, and no other', async () => {
    const single = await openPool(1);
    const abort = new AbortController();
    const first = run('train', {}, single);
    const waiting = run('train', { signal: abort.signal }, single);
    const last = run('empty', {}, single);
    abort.abort();
    expect((await waiting).outcome).toEqual(stopped);
    expect((await first).reports).toEqual(LOSSES);
    expect((await last).outcome).toEqual({ kind: 'complete', values: [0] });
    await single.close();
  });
});

describe('close', () => {
  it('ends what runs and what waits, and refuses what comes later', async () => {
    const closing = await openPool(2);
    const running = ['loopsForever', 'waitsForever', 'empty'].map((behaviour) => run(behaviour, {}, closing));
    await closing.close();
    const outcomes = (await Promise.all(running)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(Array(3).fill({ kind: 'failed', reason: 'stopped', message: 'the pool was closed' }));
    await expect(run('empty', {}, closing)).rejects.toMatchObject({ name: 'PoolError', code: 'POOL_CLOSED' });
    await closing.close();
  });

  it('waits for a call behind the gate', async () => {
    const cell = new Int32Array(new SharedArrayBuffer(4));
    const closing = await openPool(1, cell);
    let entered = (): void => undefined;
    const inGate = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const onReport = async () => {
      entered();
      return 'keep' as const;
    };
    const running = run('sleepsInGate', { onReport }, closing);
    await inGate;
    await closing.close();
    expect(Atomics.load(cell, 0)).toBe(99);
    await running;
  });
});
