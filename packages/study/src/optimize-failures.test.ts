import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSampler } from '@assay/sampler';
import { describe, expect, it } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import { loadStudy } from './open-study.js';
import { optimize } from './optimize.js';
import { newOwner } from './owner.js';
import { StoreError } from './store-error.js';
import type { StudyError } from './study-error.js';
import type { Objective } from './study-spec.js';
import { deadOwner } from './testing/contract-fixtures.js';
import {
  completeOutcome,
  executorOf,
  logsOf,
  openLine,
  type Point,
  typesOf,
  WORKER_DIED,
} from './testing/optimize-fixtures.js';
import type { TrialTask } from './trial-executor.js';

describe('what goes wrong', () => {
  it('tries a trial again whose worker died, with its parameters and seed, and counts it once', async () => {
    const { study } = await openLine();
    const tasks: TrialTask[] = [];
    const run = executorOf(1, async (task) => {
      tasks.push(task);
      return task.number === 1 || task.number === 3 ? WORKER_DIED : completeOutcome(1);
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
    const { study } = await openLine();
    expect(
      await optimize(
        study,
        executorOf(1, async () => WORKER_DIED),
        { trials: 1 },
      ),
    ).toBe('trials');
    expect((await study.trials()).map(({ state, retryOf }) => [state, retryOf])).toEqual([
      ['failed', null],
      ['failed', 0],
    ]);
  });

  it('keeps the message and the stack of what the objective threw', async () => {
    const { study } = await openLine();
    const objective: Objective<Point> = ({ number }) => {
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
    const { study } = await openLine();
    const [step, value] = report as [number, number];
    await study.optimize(async (trial) => ((await trial.report(step, value)) === 'stop' ? 1 : 2), { trials: 1 });
    const [trial] = await study.trials();
    expect(trial).toMatchObject({
      state: 'failed',
      reports: [],
      end: { reason: 'invalid-value', message: expect.stringContaining(says) },
    });
  });

  it.each(['auto', 'tpe'])(
    'keeps %s away from where the objective fails, though the best lies beside it',
    async (name) => {
      const { study } = await openLine({ sampler: createSampler(name) });
      const objective: Objective<Point> = ({ params: { x } }) => {
        if (x > 0) throw new Error('out of reach');
        return (x - 0.2) ** 2;
      };
      // for a sampler that knows nothing of failures the slope goes on for ever: it fails ten times in a row, which ends the study
      expect(await study.optimize(objective, { trials: 40 })).toBe('trials');
      expect((await study.trials()).filter(({ state }) => state === 'failed').length).toBeLessThan(30);
    },
  );

  it('surfaces a result that cannot be stored, as JSON, and rejects when the others have ended', async () => {
    const store = new FullDiskStore();
    const { study, events } = await openLine({ store, directions: ['maximize'] });
    const run = executorOf(2, async ({ number }) => {
      for (let turns = number * 5; turns > 0; turns--) await nextTurn();
      return number === 0 ? completeOutcome(0.5) : { kind: 'diverged', message: 'loss is NaN' };
    });
    const failure = { name: 'StudyError', code: 'RESULT_NOT_STORED', message: expect.stringContaining('disk is full') };
    await expect(optimize(study, run, { trials: 5 })).rejects.toMatchObject(failure);
    const trials = await study.trials();
    expect(trials).toHaveLength(2);
    const lost = events.flatMap((event) => (event.type === 'result-lost' ? [event.line] : [])).map(resultIn);
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
    expect(typesOf(events)).not.toContain('study-stopped');
  });

  it('takes a result again once it can be stored', async () => {
    const store = new FullDiskStore();
    const { study } = await openLine({ store });
    const trial = await study.ask();
    await trial.report(1, 2);
    const refused: StudyError = await study.tell(trial, 0.5).catch((error) => error);
    expect(refused.code).toBe('RESULT_NOT_STORED');
    expect(JSON.parse(refused.result!)).toEqual(resultIn(refused.message));
    await trial.report(2, 1);
    store.full = false;
    const reports = [1, 2].map((step) => ({ step, value: 3 - step }));
    expect(await study.tell(trial, 0.5)).toMatchObject({ state: 'complete', values: [0.5], reports });
    expect(await store.readTrials(study.record.id)).toMatchObject([{ state: 'complete', values: [0.5], reports }]);
  });

  it('ends the run at an executor that breaks, and keeps the trial for later', async () => {
    const { study } = await openLine();
    const broken = executorOf(1, async ({ number }) => {
      if (number === 1) throw new Error('the pool is closed');
      return completeOutcome(1);
    });
    await expect(optimize(study, broken, { trials: 5 })).rejects.toThrow('the pool is closed');
    expect((await study.trials()).map(({ state }) => state)).toEqual(['complete', 'failed', 'waiting']);
  });

  it('ends the run at a callback or a sampler that throws, without a trial left running', async () => {
    const { study } = await openLine();
    const boom = () => {
      throw new Error('boom');
    };
    await expect(study.optimize(() => 1, { trials: 5, onTrialFinished: boom })).rejects.toThrow('boom');
    expect((await study.trials()).map(({ state }) => state)).toEqual(['complete']);
    const { study: other } = await openLine({ sampler: { name: 'broken', settings: {}, suggest: boom } });
    await expect(other.optimize(() => 1, { trials: 5 })).rejects.toThrow('boom');
    expect(await other.trials()).toEqual([]);
  });

  it('takes the loss of a lease for a warning, and goes on', async () => {
    const { study, events, options } = await openLine({ owner: deadOwner(), reportDelayMs: 0 });
    const run = executorOf(1, async ({ number }, hooks) => {
      if (number === 0) await (await loadStudy({ ...options, owner: newOwner() })).desk.reap();
      expect(await hooks.onReport(1, 2)).toBe(number === 0 ? 'stop' : 'keep');
      return completeOutcome(number);
    });
    expect(await optimize(study, run, { trials: 2 })).toBe('trials');
    expect(await study.trials()).toMatchObject([
      { state: 'failed', end: { reason: 'process-died' }, values: [] },
      { state: 'complete', retryOf: 0, values: [1] },
    ]);
    expect(logsOf(events).map(({ level }) => level)).toEqual(['warning', 'warning']);
  });
});

describe('events', () => {
  it('come in order, with snapshots', async () => {
    const { study, events } = await openLine();
    const objective: Objective<Point> = async (trial) => {
      trial.log('hello');
      await trial.report(1, 2);
      return trial.number === 0 ? 1 : 3;
    };
    await study.optimize(objective, { trials: 2 });
    const one = ['trial-started', 'trial-log', 'trial-reported', 'trial-finished'];
    expect(typesOf(events)).toEqual(['study-opened', ...one, ...one, 'study-stopped']);
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
    const { study, events } = await openLine();
    let calls = 0;
    study.subscribe(() => {
      calls += 1;
      throw new Error('bad listener');
    });
    expect(await study.optimize(() => 1, { trials: 2 })).toBe('trials');
    expect(calls).toBe(1);
    expect(logsOf(events)).toEqual([
      { type: 'log', level: 'error', line: expect.stringContaining("on 'study-opened'") },
    ]);
  });
});

/** The JSON at the end of a message. */
function resultIn(message: string): unknown {
  return JSON.parse(message.slice(message.indexOf('{')));
}

/** A store that keeps no results while its disk is full. */
class FullDiskStore extends MemoryStudyStore {
  full = true;

  override async finishTrial(...args: Parameters<MemoryStudyStore['finishTrial']>): Promise<void> {
    if (this.full) throw new StoreError('DATABASE_FAILED', 'disk is full');
    await super.finishTrial(...args);
  }
}
