import { setImmediate as nextTurn } from 'node:timers/promises';
import { createPruner } from '@assay/pruner';
import { randomSampler, type Sampler } from '@assay/sampler';
import { float, space } from '@assay/space';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineExecutor } from './inline-executor.js';
import { MemoryStudyStore } from './memory-study-store.js';
import { createStudy, loadStudy, type StudyOptions } from './open-study.js';
import { type OptimizeOptions, optimize } from './optimize.js';
import { newOwner } from './owner.js';
import { StoreError } from './store-error.js';
import type { Study } from './study.js';
import { StudyControls } from './study-controls.js';
import type { StudyEvent } from './study-event.js';
import type { Objective } from './study-spec.js';
import { climbingSampler } from './testing/climbing-sampler.js';
import { deadOwner } from './testing/contract-fixtures.js';
import type { TrialExecutor, TrialHooks, TrialOutcome, TrialTask } from './trial-executor.js';

const SPACE = space({ x: float(-1, 1) });
type Params = { readonly x: number };

async function open(changes: Partial<StudyOptions<Params>> = {}) {
  const options = {
    store: new MemoryStudyStore(),
    name: 's',
    space: SPACE,
    sampler: randomSampler(),
    seed: 5,
    ...changes,
  };
  const study = await createStudy<Params>(options);
  const events: StudyEvent[] = [];
  study.subscribe((event) => events.push(event));
  return { study, events, store: options.store, options };
}

/** An executor on this thread whose trials end as the function says. */
function executor(workers: number, run: (task: TrialTask, hooks: TrialHooks) => Promise<TrialOutcome>): TrialExecutor {
  return { workers, run, close: async () => undefined };
}

const complete = (value: number): TrialOutcome => ({ kind: 'complete', values: [value] });
const died: TrialOutcome = { kind: 'failed', reason: 'worker-died', message: 'the worker died' };
const threw: TrialOutcome = { kind: 'failed', reason: 'threw', message: 'no' };
const types = (events: readonly StudyEvent[]) => events.map(({ type }) => type);
const logs = (events: readonly StudyEvent[]) => events.filter((event) => event.type === 'log');

describe('stop conditions', () => {
  it('adds trials, and stops at until in all', async () => {
    const { study } = await open();
    expect(await study.optimize(({ params }) => params.x, { trials: 5 })).toBe('trials');
    expect(await study.trials()).toHaveLength(5);
    expect(await study.optimize(({ params }) => params.x, { until: 8 })).toBe('until');
    expect(await study.trials()).toHaveLength(8);
    expect(await study.optimize(({ params }) => params.x, { until: 8, trials: 3 })).toBe('until');
    expect(await study.optimize(({ params }) => params.x, { trials: 0 })).toBe('trials');
    expect(await study.trials()).toHaveLength(8);
  });

  it('counts pruned trials as finished, failed ones not', async () => {
    const { study } = await open();
    const outcomes = [
      threw,
      complete(1),
      { kind: 'diverged', message: '' },
      threw,
      { kind: 'stopped' },
      complete(2),
    ] as const;
    const reason = await optimize(
      study,
      executor(1, async ({ number }) => outcomes[number]!),
      { until: 4 },
    );
    expect(reason).toBe('until');
    expect((await study.trials()).map(({ state }) => state)).toEqual([
      'failed',
      'complete',
      'pruned',
      'failed',
      'pruned',
      'complete',
    ]);
  });

  it.each([
    { pattern: 'ffff', maxFailures: 3, trials: 3 },
    { pattern: 'ffcffpfff', maxFailures: 3, trials: 9 },
    { pattern: 'ffskfs', maxFailures: 3, trials: 5 },
  ])('ends after $maxFailures failures in a row: $pattern', async ({ pattern, maxFailures, trials }) => {
    const { study } = await open();
    const killed: TrialOutcome = { kind: 'failed', reason: 'stopped', message: '' };
    const outcomes = { f: threw, c: complete(1), p: { kind: 'stopped' }, s: killed, k: killed } as const;
    const run = executor(1, async ({ number }) => outcomes[pattern[number] as 'f']);
    expect(await optimize(study, run, { maxFailures })).toBe('max-failures');
    expect(await study.trials()).toHaveLength(trials);
  });

  it('ends when nothing improves, counting earlier runs', async () => {
    const { study } = await open();
    const values = [5, 4, 6, 4, 3, 7, 7, 3, 7];
    const run = executor(1, async ({ number }) => complete(values[number] ?? 7));
    expect(await optimize(study, run, { trials: 6 })).toBe('trials');
    expect(await optimize(study, run, { noImprovement: 4 })).toBe('no-improvement');
    expect(await study.trials()).toHaveLength(9); // the best is trial 4; 5 to 8 bring nothing
    expect(await optimize(study, run, { noImprovement: 4 })).toBe('no-improvement');
    expect(await study.trials()).toHaveLength(9);
  });

  it('starts nothing after the time is up, and lets what runs finish', async () => {
    const { study } = await open();
    const slow = executor(2, async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return complete(1);
    });
    expect(await optimize(study, slow, { timeoutMs: 20 })).toBe('timeout');
    expect((await study.trials()).map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  it('ends at a callback’s word', async () => {
    const { study } = await open();
    const seen: number[] = [];
    const onTrialFinished: OptimizeOptions['onTrialFinished'] = ({ number }) => {
      seen.push(number);
      return number === 2 ? 'stop' : undefined;
    };
    expect(await study.optimize(({ params }) => params.x, { onTrialFinished })).toBe('callback');
    expect(seen).toEqual([0, 1, 2]);
  });

  it.each([1, 3])('ends when the sampler is through, without a trial left behind (%i workers)', async (workers) => {
    const { study } = await open({ sampler: limited(5) });
    expect(await study.optimize(() => 1, { workers })).toBe('exhausted');
    expect((await study.trials()).map(({ state }) => state)).toEqual(Array(5).fill('complete'));
    expect(await study.optimize(() => 1, { workers })).toBe('exhausted');
    expect(await study.trials()).toHaveLength(5);
    await expect(study.ask()).rejects.toMatchObject({ code: 'EXHAUSTED' });
  });

  it('waits for what may have to be tried again before it says that the sampler is through', async () => {
    const { study } = await open({ sampler: limited(2) });
    const run = executor(2, async ({ number }) => {
      for (let i = 0; i < 20; i++) await nextTurn();
      return number === 1 ? died : complete(1);
    });
    expect(await optimize(study, run)).toBe('exhausted');
    expect(await study.trials()).toMatchObject([
      { state: 'complete' },
      { state: 'failed' },
      { state: 'complete', retryOf: 1, draw: 1 },
    ]);
  });
});

describe('parallel slots', () => {
  it('never run more than the workers, never start beyond until, and number without gaps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 12 }),
        fc.infiniteStream(fc.nat(9)),
        async (workers, until, dice) => {
          const { study } = await open();
          let running = 0;
          const run = executor(workers, async () => {
            running += 1;
            expect(running).toBeLessThanOrEqual(workers);
            const trials = await study.desk.setup.store.readTrials(study.record.id);
            const finished = trials.filter(({ state }) => state === 'complete' || state === 'pruned').length;
            expect(finished + trials.filter(({ state }) => state === 'running').length).toBeLessThanOrEqual(until);
            for (let turns = dice.next().value; turns > 0; turns--) await nextTurn();
            running -= 1;
            return dice.next().value === 0 ? threw : complete(1);
          });
          expect(await optimize(study, run, { until })).toBe('until');
          const trials = await study.trials();
          expect(trials.map(({ number }) => number)).toEqual(trials.map((_, index) => index));
          expect(trials.filter(({ state }) => state === 'complete')).toHaveLength(until);
          expect(trials.filter(({ state }) => state === 'running' || state === 'waiting')).toEqual([]);
        },
      ),
      { seed: 1, numRuns: 40 },
    );
  });

  it('share a study with another process: until counts both, and every draw is made once', async () => {
    const { study, options } = await open();
    const other = await loadStudy({ ...options, owner: newOwner() });
    const run = () =>
      executor(2, async () => {
        for (let i = 0; i < 5; i++) await nextTurn();
        return complete(1);
      });
    expect(await Promise.all([optimize(study, run(), { until: 20 }), optimize(other, run(), { until: 20 })])).toEqual([
      'until',
      'until',
    ]);
    const trials = await study.trials();
    expect(trials.map(({ draw }) => draw)).toEqual(trials.map((_, index) => index));
    expect(trials.filter(({ state }) => state === 'complete')).toHaveLength(20);
  });

  it('adds exactly as many trials as asked for', async () => {
    const { study } = await open();
    await study.optimize(async () => await nextTurn(1), { trials: 7, workers: 3 });
    expect(await study.trials()).toHaveLength(7);
  });
});

describe('what goes wrong', () => {
  it('tries a trial again whose worker died, with its parameters and seed, and counts it once', async () => {
    const { study } = await open();
    const tasks: TrialTask[] = [];
    const run = executor(1, async (task) => {
      tasks.push(task);
      return task.number === 1 || task.number === 3 ? died : complete(1);
    });
    expect(await optimize(study, run, { trials: 4 })).toBe('trials');
    const trials = await study.trials();
    expect(trials.map(({ state, draw, retryOf }) => [state, draw, retryOf])).toEqual([
      ['complete', 0, null],
      ['failed', 1, null],
      ['complete', 1, 1],
      ['failed', 2, null],
      ['complete', 2, 3],
      ['complete', 3, null],
    ]);
    expect(tasks[2]).toEqual({ ...tasks[1], number: 2 });
  });

  it('gives a trial up whose worker dies twice', async () => {
    const { study } = await open();
    expect(
      await optimize(
        study,
        executor(1, async () => died),
        { trials: 1 },
      ),
    ).toBe('trials');
    expect((await study.trials()).map(({ state, retryOf }) => [state, retryOf])).toEqual([
      ['failed', null],
      ['failed', 0],
    ]);
  });

  it('keeps the message and the stack of what the objective threw', async () => {
    const { study } = await open();
    const objective: Objective<Params> = ({ number }) => {
      if (number === 0) throw new TypeError('no rows', { cause: new Error('disk') });
      throw 'a text'; // people do this
    };
    await study.optimize(objective, { trials: 2 });
    const [first, second] = await study.trials();
    expect(first?.end).toMatchObject({
      reason: 'threw',
      message: 'TypeError: no rows',
      stack: expect.stringContaining('Caused by: Error: disk'),
    });
    expect(second?.end).toEqual({ reason: 'threw', message: "threw 'a text'" });
  });

  it.each([
    { name: 'a negative step', report: [-1, 1], says: 'step' },
    { name: 'half a step', report: [0.5, 1], says: 'step' },
    { name: 'a value that is no number', report: [1, 'low'], says: 'value' },
  ])('fails a trial that reports $name', async ({ report, says }) => {
    const { study } = await open();
    const [step, value] = report as [number, number];
    await study.optimize(async (trial) => ((await trial.report(step, value)) === 'stop' ? 1 : 2), { trials: 1 });
    const [trial] = await study.trials();
    expect(trial).toMatchObject({
      state: 'failed',
      reports: [],
      end: { reason: 'invalid-value', message: expect.stringContaining(says) },
    });
  });

  it('surfaces a result that cannot be stored, as JSON, and rejects when the others have ended', async () => {
    const store = new FullDiskStore();
    const { study, events } = await open({ store, directions: ['maximize'] });
    const run = executor(2, async ({ number }) => {
      for (let turns = number * 5; turns > 0; turns--) await nextTurn();
      return number === 0 ? complete(0.5) : { kind: 'diverged', message: 'loss is NaN' };
    });
    const failure = { name: 'StudyError', code: 'RESULT_NOT_STORED', message: expect.stringContaining('disk is full') };
    await expect(optimize(study, run, { trials: 5 })).rejects.toMatchObject(failure);
    const trials = await study.trials();
    expect(trials).toHaveLength(2);
    const lost = logs(events).map(({ line }) => JSON.parse(line.slice(line.indexOf('{'))));
    expect(lost).toMatchObject([
      { study: 's', trial: 0, params: trials[0]?.params, state: 'complete', values: [0.5] },
      {
        study: 's',
        trial: 1,
        params: trials[1]?.params,
        state: 'pruned',
        values: ['-Infinity'],
        end: { reason: 'diverged' },
      },
    ]);
    expect(types(events)).not.toContain('study-stopped');
  });

  it('takes a result again once it can be stored', async () => {
    const store = new FullDiskStore();
    const { study } = await open({ store });
    const trial = await study.ask();
    await expect(study.tell(trial, 0.5)).rejects.toMatchObject({ code: 'RESULT_NOT_STORED' });
    store.full = false;
    expect(await study.tell(trial, 0.5)).toMatchObject({ state: 'complete', values: [0.5] });
  });

  it('ends the run at an executor that breaks, and keeps the trial for later', async () => {
    const { study } = await open();
    const broken = executor(1, async ({ number }) => {
      if (number === 1) throw new Error('the pool is closed');
      return complete(1);
    });
    await expect(optimize(study, broken, { trials: 5 })).rejects.toThrow('the pool is closed');
    expect((await study.trials()).map(({ state }) => state)).toEqual(['complete', 'failed', 'waiting']);
  });

  it('ends the run at a callback or a sampler that throws, without a trial left running', async () => {
    const { study } = await open();
    const boom = () => {
      throw new Error('boom');
    };
    await expect(study.optimize(() => 1, { trials: 5, onTrialFinished: boom })).rejects.toThrow('boom');
    expect((await study.trials()).map(({ state }) => state)).toEqual(['complete']);
    const { study: other } = await open({ sampler: { name: 'broken', settings: {}, suggest: boom } });
    await expect(other.optimize(() => 1, { trials: 5 })).rejects.toThrow('boom');
    expect(await other.trials()).toEqual([]);
  });

  it('takes the loss of a lease for a warning, and goes on', async () => {
    const { study, events, options } = await open({ owner: deadOwner() });
    const run = executor(1, async ({ number }, hooks) => {
      if (number === 0) await (await loadStudy({ ...options, owner: newOwner() })).desk.reap();
      expect(await hooks.onReport(1, 2)).toBe(number === 0 ? 'stop' : 'keep');
      return complete(number);
    });
    expect(await optimize(study, run, { trials: 2 })).toBe('trials');
    expect(await study.trials()).toMatchObject([
      { state: 'failed', end: { reason: 'process-died' }, values: [] },
      { state: 'complete', retryOf: 0, values: [1] },
    ]);
    expect(logs(events).map(({ level }) => level)).toEqual(['warning', 'warning']);
  });
});

describe('pruning', () => {
  it('stops a trial at the pruner’s word, with its last value and the reason', async () => {
    const { study } = await open({ pruner: createPruner('threshold:upper=2') });
    const objective: Objective<Params> = async (trial) => {
      for (let step = 1; step <= 5; step++) if ((await trial.report(step, step)) === 'stop') return 99;
      return 0;
    };
    await study.optimize(objective, { trials: 1 });
    expect(await study.trials()).toMatchObject([{ state: 'pruned', values: [3], end: { reason: 'pruned' } }]);
    expect((await study.trials())[0]?.reports.map(({ step }) => step)).toEqual([1, 2, 3]);
  });

  it('keeps the rungs of successive halving', async () => {
    const { study } = await open({ pruner: createPruner('asha:eta=2,min=1') });
    const objective: Objective<Params> = async (trial) => {
      for (let step = 1; step <= 4; step++)
        if ((await trial.report(step, trial.number + 1 / step)) === 'stop') return 99;
      return trial.number;
    };
    await study.optimize(objective, { trials: 2 });
    const trials = await study.trials();
    expect(trials.map(({ state }) => state)).toEqual(['complete', 'pruned']);
    expect(trials.map(({ rungs }) => rungs)).toEqual([[1, 0.5, 0.25], [2]]); // steps 1, 2, 4; the second loses at the first
  });
});

describe('controls', () => {
  it('pause starts nothing, resume goes on', async () => {
    const { study, events } = await open();
    const controls = new StudyControls();
    const onTrialFinished: OptimizeOptions['onTrialFinished'] = ({ number }) => {
      if (number === 1) controls.pause();
      return undefined;
    };
    const running = study.optimize(() => 1, { trials: 4, controls, onTrialFinished });
    while (!controls.paused) await nextTurn();
    for (let i = 0; i < 20; i++) await nextTurn();
    expect(await study.trials()).toHaveLength(2);
    controls.pause();
    controls.resume();
    expect(await running).toBe('trials');
    expect(await study.trials()).toHaveLength(4);
    expect(types(events).filter((type) => type === 'paused' || type === 'resumed')).toEqual(['paused', 'resumed']);
  });

  it('the first stop lets running trials finish', async () => {
    const { study, events } = await open();
    const controls = new StudyControls();
    const run = executor(2, async ({ number }) => {
      if (number === 3) expect(controls.requestStop()).toBe('finish-running');
      for (let i = 0; i < 5; i++) await nextTurn();
      return complete(1);
    });
    expect(await optimize(study, run, { controls })).toBe('interrupted');
    expect((await study.trials()).map(({ state }) => state)).toEqual(Array(4).fill('complete'));
    expect(events.filter(({ type }) => type === 'stopping' || type === 'study-stopped')).toEqual([
      { type: 'stopping', how: 'finish-running' },
      { type: 'study-stopped', reason: 'interrupted' },
    ]);
  });

  it('the second stop ends running trials at their next report; they come first when the study goes on', async () => {
    const { study, events } = await open({ sampler: climbingSampler() });
    const controls = new StudyControls();
    const objective: Objective<Params> = async (trial) => {
      for (let step = 1; step <= 4; step++) {
        if (trial.number === 2 && step === 3) {
          controls.requestStop();
          controls.requestStop();
          controls.requestStop();
        }
        if ((await trial.report(step, trial.params.x / step)) === 'stop') return 99;
      }
      return trial.params.x;
    };
    expect(await study.optimize(objective, { until: 5, controls })).toBe('interrupted');
    const [, , stopped, waiting] = await study.trials();
    expect(stopped).toMatchObject({ state: 'failed', end: { reason: 'interrupted' }, draw: 2 });
    expect(stopped?.reports.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(waiting).toMatchObject({ state: 'waiting', draw: 2, retryOf: 2, params: stopped?.params });
    expect(events.filter(({ type }) => type === 'stopping')).toEqual([
      { type: 'stopping', how: 'finish-running' },
      { type: 'stopping', how: 'at-next-report' },
    ]);
    expect(await study.optimize(objective, { until: 5 })).toBe('until');
    const { study: undisturbed } = await open({ sampler: climbingSampler() });
    await undisturbed.optimize(({ params }) => params.x, { until: 5 });
    const done = async (of: Study<Params>) =>
      (await of.trials())
        .filter(({ state }) => state === 'complete')
        .map(({ draw, params, values }) => ({ draw, params, values }));
    expect(await done(study)).toEqual(await done(undisturbed));
  });

  it('stops one trial for good', async () => {
    const { study } = await open();
    const controls = new StudyControls();
    const objective: Objective<Params> = async (trial) => {
      if (trial.number === 1) expect(controls.stopTrial(1)).toBe(true);
      return (await trial.report(1, 1)) === 'stop' ? 99 : 1;
    };
    expect(controls.stopTrial(0)).toBe(false);
    expect(await study.optimize(objective, { trials: 3, controls })).toBe('trials');
    expect(controls.stopTrial(1)).toBe(false);
    expect((await study.trials()).map(({ state, end }) => end?.reason ?? state)).toEqual([
      'complete',
      'stopped',
      'complete',
    ]);
  });

  it('wakes a paused study to stop it', async () => {
    const { study } = await open();
    const controls = new StudyControls();
    controls.pause();
    const running = study.optimize(() => 1, { controls });
    await nextTurn();
    controls.requestStop();
    expect(await running).toBe('interrupted');
    expect(await study.trials()).toEqual([]);
  });
});

describe('events', () => {
  it('come in order, with snapshots', async () => {
    const { study, events } = await open();
    const objective: Objective<Params> = async (trial) => {
      trial.log('hello');
      await trial.report(1, 2);
      return trial.number === 0 ? 1 : 3;
    };
    await study.optimize(objective, { trials: 2 });
    const one = ['trial-started', 'trial-log', 'trial-reported', 'trial-finished'];
    expect(types(events)).toEqual(['study-opened', ...one, ...one, 'study-stopped']);
    expect(events[1]).toMatchObject({
      trial: { number: 0, state: 'running', reports: [], params: { x: expect.any(Number) } },
    });
    expect(events[3]).toMatchObject({ trial: { state: 'running', reports: [{ step: 1, value: 2 }] } });
    const ends = events.filter((event) => event.type === 'trial-finished');
    expect(ends).toMatchObject([
      { best: true, trial: { values: [1] } },
      { best: false, trial: { values: [3] } },
    ]);
  });

  it('do not let a listener that throws break the study, and say so to the others', async () => {
    const { study, events } = await open();
    let calls = 0;
    study.subscribe(() => {
      calls += 1;
      throw new Error('bad listener');
    });
    expect(await study.optimize(() => 1, { trials: 2 })).toBe('trials');
    expect(calls).toBe(1);
    expect(logs(events)).toEqual([{ type: 'log', level: 'error', line: expect.stringContaining("on 'study-opened'") }]);
  });
});

describe('inlineExecutor', () => {
  it('keeps to the time limit at reports', async () => {
    const { study } = await open();
    const objective: Objective<Params> = async (trial) => {
      const endMs = performance.now() + 15;
      while (performance.now() < endMs) await nextTurn();
      return (await trial.report(1, 1)) === 'stop' ? 99 : 1;
    };
    await study.optimize(objective, { trials: 1, trialTimeLimitMs: 5 });
    expect(await study.trials()).toMatchObject([{ state: 'failed', end: { reason: 'timed-out' } }]);
    await study.optimize(objective, { trials: 1, trialTimeLimitMs: 10_000 });
    expect((await study.trials())[1]).toMatchObject({ state: 'complete' });
  });

  it('hands over data, a gate and a seed that a retry shares', async () => {
    const { study } = await open();
    const seeds: number[] = [];
    const spec = {
      space: SPACE,
      metrics: ['value'],
      objective: async (trial: Parameters<Objective<Params, { rows: number }>>[0]) => {
        seeds.push(trial.seed);
        return await trial.gate.run(async () => trial.data.rows);
      },
    };
    const run = inlineExecutor(spec, { workers: 1, data: { rows: 7 } });
    await optimize(study, run, { trials: 2 });
    await run.close();
    expect(await study.trials()).toMatchObject([{ values: [7] }, { values: [7] }]);
    expect(new Set(seeds).size).toBe(2);
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
  });
});

/** Random configurations, but only so many. */
function limited(count: number): Sampler {
  return {
    name: 'limited',
    settings: {},
    suggest: (context) => (context.draw < count ? randomSampler().suggest(context) : null),
  };
}

/** A store that keeps no results while its disk is full. */
class FullDiskStore extends MemoryStudyStore {
  full = true;

  override async finishTrial(...args: Parameters<MemoryStudyStore['finishTrial']>): Promise<void> {
    if (this.full) throw new StoreError('DATABASE_FAILED', 'disk is full');
    await super.finishTrial(...args);
  }
}
