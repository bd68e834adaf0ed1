import { createPruner } from '@assay/pruner';
import { randomSampler, type Sampler } from '@assay/sampler';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { LATE_RESULT } from './late-result.js';
import { MemoryStudyStore } from './memory-study-store.js';
import { createStudy, loadStudy } from './open-study.js';
import { newOwner } from './owner.js';
import { failure, options, SPACE } from './study.test.kit.js';
import type { StudyEvent } from './study-event.js';
import type { Claim } from './study-store.js';
import { climbingSampler } from './testing/climbing-sampler.js';
import { deadOwner } from './testing/contract-fixtures.js';

/** A store on which something happens just before the next claim. */
class RacingStore extends MemoryStudyStore {
  beforeClaim: (() => Promise<void>) | null = null;

  override async claimTrial(...args: Parameters<MemoryStudyStore['claimTrial']>): Promise<Claim> {
    const before = this.beforeClaim;
    this.beforeClaim = null;
    await before?.();
    return await super.claimTrial(...args);
  }
}

describe('ask and tell', () => {
  it('hands out typed parameters that fit the space, and takes the value in', async () => {
    const study = await createStudy(options());
    const trial = await study.ask();
    expectTypeOf(trial.params.lr).toEqualTypeOf<number>();
    expectTypeOf(trial.params.units).toEqualTypeOf<readonly number[]>();
    expectTypeOf(trial.params.optimizer.kind).toEqualTypeOf<'adam' | 'sgd'>();
    expect(trial.number).toBe(0);
    expect(SPACE.encode(trial.params)).toEqual(trial.values);
    expect(trial.params.units).toHaveLength(trial.params.layers);
    const told = await study.tell(trial, 0.5);
    expect(told).toMatchObject({ number: 0, state: 'complete', values: [0.5], params: trial.values, draw: 0 });
    expect(await study.trials()).toMatchObject([{ state: 'complete', values: [0.5] }]);
  });

  it('keeps what it stores and what it says the same', async () => {
    const study = await createStudy(options());
    const trial = await study.ask();
    await trial.report(3, 0.3);
    await trial.report(1, 0.1);
    await trial.report(3, 99);
    const told = await study.tell(trial, 0.5);
    expect(told.reports).toEqual([
      { step: 1, value: 0.1 },
      { step: 3, value: 0.3 },
    ]);
    const [stored] = await study.desk.setup.store.readTrials(study.record.id);
    expect({ ...told, finishedMs: 0 }).toEqual({ ...stored, finishedMs: 0 });
  });

  it.each([
    { name: 'NaN', result: Number.NaN, expected: { state: 'pruned', values: [Infinity], end: { reason: 'diverged' } } },
    {
      name: 'pruned',
      result: { state: 'pruned' },
      expected: { state: 'pruned', values: [0.25], end: { reason: 'pruned' } },
    },
    {
      name: 'failed',
      result: { state: 'failed', message: 'no GPU' },
      expected: { state: 'failed', values: [], end: { reason: 'threw', message: 'no GPU' } },
    },
  ] as const)('takes $name', async ({ result, expected }) => {
    const study = await createStudy(options());
    const trial = await study.ask();
    await trial.report(1, 0.25);
    expect(await study.tell(trial, result)).toMatchObject(expected);
  });

  it('refuses values that do not fit the objectives, and lets the trial go on', async () => {
    const study = await createStudy(options());
    const trial = await study.ask();
    await expect(study.tell(trial, [1, 2])).rejects.toThrow(failure('BAD_VALUE', 'must return a number'));
    await expect(study.tell(trial, 'good' as unknown as number)).rejects.toThrow(failure('BAD_VALUE'));
    expect(await study.tell(trial, 1)).toMatchObject({ state: 'complete' });
    await expect(study.tell(trial, 1)).rejects.toThrow(failure('NOT_RUNNING'));
  });

  it('shows the sampler what runs: two trials asked at the same time differ', async () => {
    const study = await createStudy(options({ sampler: climbingSampler() }));
    const trials = await Promise.all(Array.from({ length: 5 }, () => study.ask()));
    expect(trials.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(trials.map(({ values }) => JSON.stringify(values))).size).toBe(5);
    expect(new Set(trials.map(({ seed }) => seed)).size).toBe(5);
  });

  it('tells of a trial that another process has ended, and keeps the late value', async () => {
    const given = options({ owner: deadOwner() });
    const [slow, other] = [await createStudy(given), await loadStudy({ ...given, owner: newOwner() })];
    const events: StudyEvent[] = [];
    slow.subscribe((event) => events.push(event));
    const trial = await slow.ask();
    await other.ask(); // looks for dead processes first, and takes the trial over
    expect(await slow.tell(trial, 0.5)).toMatchObject({ state: 'failed', end: { reason: 'process-died' } });
    expect(events).toContainEqual(expect.objectContaining({ type: 'log', level: 'warning' }));
    expect((await other.trials())[1]).toMatchObject({ state: 'running', retryOf: 0, params: trial.values });
    const [stored] = await given.store.readTrials(1);
    expect(stored?.attributes).toEqual({ [LATE_RESULT]: { state: 'complete', values: [0.5] } });
  });

  it('asks the sampler again when another process took the draw it had planned', async () => {
    const store = new RacingStore();
    const given = options({ store });
    const [study, other] = [await createStudy(given), await loadStudy(given)];
    const straight = await createStudy(options());
    store.beforeClaim = async () => void (await other.ask());
    const trial = await study.ask();
    const [first, second] = [await straight.ask(), await straight.ask()];
    expect((await study.trials()).map(({ draw, params }) => [draw, params])).toEqual([
      [0, first.values],
      [1, second.values],
    ]);
    expect(trial.number).toBe(1);
  });

  it('ends the trial it has claimed when another process took the last configuration', async () => {
    const store = new RacingStore();
    const once: Sampler = {
      ...randomSampler(),
      suggest: (context) => (context.draw === 0 ? randomSampler().suggest(context) : null),
    };
    const given = options({ store, sampler: once });
    const [study, other] = [await createStudy(given), await loadStudy(given)];
    store.beforeClaim = async () => void (await other.ask());
    await expect(study.ask()).rejects.toThrow(failure('EXHAUSTED'));
    expect((await study.trials()).map(({ state, end }) => end?.reason ?? state)).toEqual(['running', 'stopped']);
  });

  it('stops at the pruner’s word, with its reason', async () => {
    const study = await createStudy(options({ pruner: createPruner('threshold:upper=1') }));
    const trial = await study.ask();
    await trial.report(1, 0.5);
    expect(await trial.shouldPrune()).toBe(false);
    await trial.report(2, 1.5);
    expect(await trial.shouldPrune()).toBe(true);
    const told = await study.tell(trial, { state: 'pruned' });
    expect(told).toMatchObject({ state: 'pruned', values: [1.5], end: { reason: 'pruned', message: trial.verdict } });
    expect(trial.verdict).toContain('1.5');
  });
});

describe('best', () => {
  it('is the best complete and feasible trial', async () => {
    const study = await createStudy(options({ directions: ['maximize'] }));
    expect(await study.best()).toBeNull();
    for (const value of [1, 3, 2]) await study.tell(await study.ask(), value);
    expect(await study.best()).toMatchObject({ number: 1, values: [3] });
  });

  it('is a front when there are several objectives', async () => {
    const study = await createStudy(options({ directions: ['minimize', 'maximize'] }));
    for (const values of [
      [1, 1],
      [2, 2],
      [3, 1],
    ])
      await study.tell(await study.ask(), values);
    await expect(study.best()).rejects.toThrow(failure('MULTI_OBJECTIVE'));
    expect((await study.bestTrials()).map(({ number }) => number)).toEqual([0, 1]);
  });
});
