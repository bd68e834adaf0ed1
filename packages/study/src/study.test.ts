import { setTimeout as sleep } from 'node:timers/promises';
import { createPruner, type Pruner } from '@assay/pruner';
import { randomSampler, type Sampler, tpeSampler } from '@assay/sampler';
import { choice, float, int, type ParamValues, repeat, space } from '@assay/space';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { LATE_RESULT } from './late-result.js';
import { MemoryStudyStore } from './memory-study-store.js';
import { createStudy, loadStudy, openOrCreateStudy } from './open-study.js';
import { newOwner } from './owner.js';
import type { StudyEvent } from './study-event.js';
import type { StudyOptions } from './study-options.js';
import type { Claim } from './study-store.js';
import { climbingSampler } from './testing/climbing-sampler.js';
import { deadOwner } from './testing/contract-fixtures.js';
import type { TrialRecord } from './trial-record.js';

const SPACE = space({
  lr: float(1e-4, 1, { log: true }),
  layers: int(1, 3),
  units: repeat('layers', int(4, 64)),
  optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.99) } }),
});
type Params = ReturnType<typeof SPACE.decode>;

function options(changes: Partial<StudyOptions<Params>> = {}): StudyOptions<Params> {
  return { store: new MemoryStudyStore(), name: 'digits', space: SPACE, sampler: randomSampler(), seed: 1, ...changes };
}

const failure = (code: string, message?: string) =>
  expect.objectContaining({
    name: 'StudyError',
    code,
    ...(message !== undefined && { message: expect.stringContaining(message) }),
  });

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

describe('reports that come fast', () => {
  const reportsOf = (trial: TrialRecord | undefined) => trial?.reports.map(({ step }) => step);

  it('are known here at once, whatever is read meanwhile, and stored with the end', async () => {
    const given = options({ reportDelayMs: Number.POSITIVE_INFINITY });
    const study = await createStudy(given);
    const trial = await study.ask();
    for (const step of [1, 2, 3]) await trial.report(step, 1 / step);
    await (await loadStudy({ ...given, owner: newOwner() })).ask(); // another process: something is to be read
    expect((await study.trials()).map(reportsOf)).toEqual([[1, 2, 3], []]);
    expect((await given.store.readTrials(study.record.id)).map(reportsOf)).toEqual([[], []]);
    expect(reportsOf(await study.tell(trial, 0.5))).toEqual([1, 2, 3]);
    expect((await given.store.readTrials(study.record.id)).map(reportsOf)).toEqual([[1, 2, 3], []]);
    expect((await study.trials()).map(reportsOf)).toEqual([[1, 2, 3], []]);
    await expect(trial.report(4, 0)).rejects.toThrow(failure('NOT_RUNNING'));
  });

  it('are seen by other processes, and by their pruners, once their delay is over', async () => {
    const pruner: Pruner = {
      ...{ name: 'peek', settings: { name: 'peek' } },
      decide: ({ trials }) => ({ prune: trials.some(({ reports }) => reports.length === 2) }),
    };
    const given = options({ reportDelayMs: 20, pruner });
    const [study, other] = [await createStudy(given), await loadStudy({ ...given, owner: newOwner() })];
    const [trial, beside] = [await study.ask(), await other.ask()];
    for (const step of [1, 2]) await trial.report(step, step / 10);
    while (!(await beside.shouldPrune())) await sleep(1);
    expect(reportsOf(other.desk.view.trials[0])).toEqual([1, 2]);
  });

  it('are refused where the step is no count, and nothing of them is kept', async () => {
    const study = await createStudy(options());
    const trial = await study.ask();
    await expect(trial.report(-1, 0)).rejects.toMatchObject({ name: 'StoreError', code: 'INVALID_VALUE' });
    expect(reportsOf(await study.tell(trial, 0.5))).toEqual([]);
  });
});

describe('enqueue', () => {
  it('tries enqueued parameters first, complete or not', async () => {
    const study = await createStudy(options());
    const params: Params = { lr: 0.01, layers: 2, units: [8, 16], optimizer: { kind: 'sgd', momentum: 0.5 } };
    expect(await study.enqueue(params)).toBe(0);
    expect(await study.enqueueValues({ optimizer: 'sgd', layers: 3 })).toBe(1);
    expect((await study.ask()).params).toEqual(params);
    const second = await study.ask();
    expect(second.params).toMatchObject({ layers: 3, optimizer: { kind: 'sgd', momentum: expect.any(Number) } });
    expect(second.params.units).toHaveLength(3);
    expect((await study.ask()).number).toBe(2);
  });

  it.each([
    { name: 'an unknown name', values: { rate: 1 }, code: 'BAD_PARAMS' },
    { name: 'a value out of range', values: { lr: 2 }, code: 'OUT_OF_RANGE' },
    { name: 'a child without its parent', values: { 'optimizer.sgd.momentum': 0.5 }, code: 'INACTIVE_PARAMETER' },
    {
      name: 'a child of another branch',
      values: { optimizer: 'adam', 'optimizer.sgd.momentum': 0.5 },
      code: 'INACTIVE_PARAMETER',
    },
  ])('refuses $name', async ({ values, code }) => {
    const study = await createStudy(options());
    await expect(study.enqueueValues(values as ParamValues)).rejects.toMatchObject({ code });
    expect(await study.trials()).toEqual([]);
  });

  it('fails a trial that another tool enqueued with parameters that do not fit, and goes on', async () => {
    const study = await createStudy(options());
    await study.desk.setup.store.enqueueTrial(study.record.id, { lr: 7 });
    expect((await study.ask()).number).toBe(1);
    expect(await study.trials()).toMatchObject([
      { state: 'failed', end: { reason: 'invalid-value' } },
      { state: 'running' },
    ]);
  });
});

describe('opening', () => {
  it('goes on where it was: draws, seed, pruner', async () => {
    const given = options({ pruner: createPruner('threshold:upper=1') });
    const first = await createStudy(given);
    await first.tell(await first.ask(), 1);
    const { pruner: _, seed: __, ...rest } = given;
    const second = await openOrCreateStudy(rest);
    const trial = await second.ask();
    expect(trial.number).toBe(1);
    await trial.report(1, 2);
    expect(await trial.shouldPrune()).toBe(true);
    const straight = await createStudy(options());
    await straight.ask();
    expect(trial.values).toEqual((await straight.ask()).values);
  });

  it('takes the stored sampler, or auto, where none is given', async () => {
    const store = new MemoryStudyStore();
    expect((await createStudy({ store, name: 'new', space: SPACE })).desk.setup.sampler.name).toBe('auto');
    const stored = tpeSampler({ startup: 3 });
    await createStudy({ store, name: 'tuned', space: SPACE, sampler: stored });
    expect((await loadStudy({ store, name: 'tuned' })).desk.setup.sampler.settings).toEqual(stored.settings);
    await createStudy({ store, name: 'own', space: SPACE, sampler: climbingSampler() });
    await expect(loadStudy({ store, name: 'own' })).rejects.toThrow(failure('BAD_OPTION', 'not built in'));
  });

  it('reads flat parameters where no typed space is given', async () => {
    const given = options();
    await createStudy(given);
    const { space: _, ...rest } = given;
    const trial = await (await loadStudy(rest)).ask();
    expectTypeOf(trial.params).toEqualTypeOf<ParamValues>();
    expect(trial.params).toEqual(trial.values);
    expect(SPACE.decode(trial.params).layers).toBe(trial.params.layers);
  });

  it.each([
    {
      name: 'a bound, where it must stay',
      change: { space: space({ lr: float(1e-4, 0.5, { log: true }) }), changes: 'refuse' as const },
      says: "'lr' takes a number in [0.0001, 0.5]; so far it was a number in [0.0001, 1]",
    },
    {
      name: 'the kind',
      change: { space: space({ lr: int(1, 2, { log: true }) }) },
      says: "its parameter 'lr' is float: a number in [0.0001, 1] on a log scale, not int: a whole number in [1, 2] on a log scale",
    },
    {
      name: 'the scale',
      change: { space: space({ lr: float(1e-4, 1) }) },
      says: "its parameter 'lr' is float: a number in [0.0001, 1] on a log scale, not float: a number in [0.0001, 1]",
    },
    {
      name: 'a new parameter',
      change: { space: space({ lr: float(1e-4, 1, { log: true }), depth: int(1, 2) }) },
      says: "it has no parameter 'depth'",
    },
    { name: 'one less', change: { space: space({ depth: int(1, 2) }) }, says: "its parameter 'lr' is missing" },
    {
      name: 'the direction',
      change: { directions: ['maximize'] as const },
      says: 'its directions are minimize, not maximize',
    },
    { name: 'the seed', change: { seed: 2 }, says: 'its seed is 1, not 2' },
  ])('refuses to go on with another study: $name', async ({ change, says }) => {
    const store = new MemoryStudyStore();
    const stored = { store, name: 's', sampler: randomSampler(), seed: 1, directions: ['minimize'] as const };
    await createStudy({ ...stored, space: space({ lr: float(1e-4, 1, { log: true }) }) });
    const wanted = { ...stored, ...change } as StudyOptions<ParamValues>;
    await expect(openOrCreateStudy(wanted)).rejects.toThrow(failure('INCOMPATIBLE_STUDY', says));
    await expect(openOrCreateStudy(wanted)).rejects.toThrow('another name');
  });

  it('says which studies there are when the one asked for is not', async () => {
    const given = options();
    await createStudy(given);
    await expect(loadStudy({ ...given, name: 'digit' })).rejects.toThrow(
      failure('STUDY_NOT_FOUND', 'there is: digits'),
    );
  });

  it.each([
    { name: 'no objective', change: { directions: [] } },
    { name: 'a metric too many', change: { metrics: ['mae', 'mse'] } },
    { name: 'a seed that is no integer', change: { seed: 0.5 } },
  ])('refuses $name', async ({ change }) => {
    await expect(createStudy(options(change))).rejects.toThrow(failure('BAD_OPTION'));
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

describe('define by run', () => {
  const bare = (store = new MemoryStudyStore()) => ({ store, name: 'bare', sampler: randomSampler(), seed: 3 });

  it('records what the trial names, as a declared space would', async () => {
    const study = await createStudy(bare());
    const trial = await study.ask();
    const lr = trial.suggestFloat('lr', 1e-4, 1, { log: true });
    const layers = trial.suggestInt('layers', 1, 3);
    const kind = trial.suggestCategorical('kind', ['adam', 'sgd', null]);
    expectTypeOf(kind).toEqualTypeOf<'adam' | 'sgd' | null>();
    expect(trial.suggestFloat('lr', 1e-4, 1, { log: true })).toBe(lr);
    expect(layers).toBeOneOf([1, 2, 3]);
    const told = await study.tell(trial, lr);
    expect(Object.entries(told.params)).toEqual([
      ['lr', lr],
      ['layers', layers],
      ['kind', kind],
    ]);
    expect(await study.trials()).toMatchObject([{ params: told.params, state: 'complete' }]);
  });

  it('is the same for the same seed, and gives fixed values back', async () => {
    const runs = await Promise.all(
      [bare(), bare()].map(async (given) => {
        const study = await createStudy(given);
        await study.enqueueValues({ x: 0.25 });
        const values = [];
        for (let i = 0; i < 4; i++) {
          const trial = await study.ask();
          values.push(trial.suggestFloat('x', 0, 1), trial.suggestFloat('y', 0, 1));
          await study.tell(trial, 0);
        }
        return values;
      }),
    );
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]?.[0]).toBe(0.25);
    expect(new Set(runs[0]).size).toBe(8);
  });

  it.each([1, 2, 3])('learns with TPE which choice is best, again and again the same one (seed %i)', async (seed) => {
    // Uniform choices of 3: 20 or more of 30 alike happen with probability 2e-4.
    const picks = async (sampler: Sampler): Promise<number> => {
      const study = await createStudy({ store: new MemoryStudyStore(), name: 'bare', sampler, seed });
      for (let i = 0; i < 60; i++) {
        const trial = await study.ask();
        const kind = trial.suggestCategorical('kind', ['a', 'b', 'c']);
        await study.tell(trial, (kind === 'b' ? 0 : 1) + trial.suggestFloat('x', 0, 0.1));
      }
      return (await study.trials()).slice(30).filter(({ params }) => params.kind === 'b').length;
    };
    expect(await picks(tpeSampler())).toBeGreaterThanOrEqual(20);
    expect(await picks(randomSampler())).toBeLessThan(20);
  });

  it('keeps parameters apart: they do not follow one sequence', async () => {
    const study = await createStudy({ ...bare(), sampler: tpeSampler() });
    const points: [number, number][] = [];
    for (let i = 0; i < 10; i++) {
      const trial = await study.ask();
      points.push([trial.suggestFloat('x', 0, 1), trial.suggestFloat('y', 0, 1)]);
      await study.tell(trial, 0);
    }
    expect(points.filter(([x, y]) => Math.abs(x - y) < 1e-6)).toEqual([]);
  });

  it('refuses what it cannot answer', async () => {
    const study = await createStudy(bare());
    await study.enqueueValues({ x: 7 });
    const trial = await study.ask();
    expect(() => trial.suggestFloat('x', 0, 1)).toThrow(failure('BAD_PARAMS', "'x' is fixed to 7"));
    trial.suggestInt('n', 1, 4);
    expect(() => trial.suggestFloat('n', 1, 4)).toThrow(failure('BAD_PARAMS', "'n' was a whole number in [1, 4]"));
    const declared = await (await createStudy(options())).ask();
    expect(() => declared.suggestFloat('lr', 0, 1)).toThrow(failure('NO_SUGGEST', 'declares its space'));
    const climbing = await (await createStudy({ ...bare(), sampler: climbingSampler() })).ask();
    expect(() => climbing.suggestFloat('x', 0, 1)).toThrow(failure('NO_SUGGEST', 'needs the whole space'));
  });
});

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
