import { setImmediate as nextTurn } from 'node:timers/promises';
import { createPruner } from '@assay/pruner';
import { randomSampler, type Sampler } from '@assay/sampler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadStudy } from './open-study.js';
import { type OptimizeOptions, optimize } from './optimize.js';
import { newOwner } from './owner.js';
import type { Objective } from './study-spec.js';
import { completeOutcome, executorOf, openLine, type Point, THREW, WORKER_DIED } from './testing/optimize-fixtures.js';
import type { TrialOutcome } from './trial-executor.js';

describe('stop conditions', () => {
  it('adds trials, and stops at until in all', async () => {
    const { study } = await openLine();
    expect(await study.optimize(({ params }) => params.x, { trials: 5 })).toBe('trials');
    expect(await study.trials()).toHaveLength(5);
    expect(await study.optimize(({ params }) => params.x, { until: 8 })).toBe('until');
    expect(await study.trials()).toHaveLength(8);
    expect(await study.optimize(({ params }) => params.x, { until: 8, trials: 3 })).toBe('until');
    expect(await study.optimize(({ params }) => params.x, { trials: 0 })).toBe('trials');
    expect(await study.trials()).toHaveLength(8);
  });

  it('counts pruned trials as finished, failed ones not', async () => {
    const { study } = await openLine();
    const outcomes = [
      THREW,
      completeOutcome(1),
      { kind: 'diverged', message: '' },
      THREW,
      { kind: 'stopped' },
      completeOutcome(2),
    ] as const;
    const reason = await optimize(
      study,
      executorOf(1, async ({ number }) => outcomes[number]!),
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
    const { study } = await openLine();
    const killed: TrialOutcome = { kind: 'failed', reason: 'stopped', message: '' };
    const outcomes = { f: THREW, c: completeOutcome(1), p: { kind: 'stopped' }, s: killed, k: killed } as const;
    const run = executorOf(1, async ({ number }) => outcomes[pattern[number] as 'f']);
    expect(await optimize(study, run, { maxFailures })).toBe('max-failures');
    expect(await study.trials()).toHaveLength(trials);
  });

  it('adds as many trials as it is told to, however they end: one that is tried again counts once', async () => {
    const { study } = await openLine();
    const outcomes = [THREW, WORKER_DIED, completeOutcome(1), { kind: 'stopped' }] as const;
    const run = executorOf(1, async ({ number }) => outcomes[number]!);
    expect(await optimize(study, run, { trials: 3 })).toBe('trials');
    const trials = await study.trials();
    expect(trials.map(({ state, retryOf }) => [state, retryOf])).toEqual([
      ['failed', null],
      ['failed', null],
      ['complete', 1],
      ['pruned', null],
    ]);
  });

  it('ends when nothing improves, counting earlier runs', async () => {
    const { study } = await openLine();
    const values = [5, 4, 6, 4, 3, 7, 7, 3, 7];
    const run = executorOf(1, async ({ number }) => completeOutcome(values[number] ?? 7));
    expect(await optimize(study, run, { trials: 6 })).toBe('trials');
    expect(await optimize(study, run, { noImprovement: 4 })).toBe('no-improvement');
    expect(await study.trials()).toHaveLength(9); // the best is trial 4; 5 to 8 bring nothing
    expect(await optimize(study, run, { noImprovement: 4 })).toBe('no-improvement');
    expect(await study.trials()).toHaveLength(9);
  });

  it('starts nothing after the time is up, and lets what runs finish', async () => {
    const { study } = await openLine();
    const slow = executorOf(2, async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return completeOutcome(1);
    });
    expect(await optimize(study, slow, { timeoutMs: 20 })).toBe('timeout');
    expect((await study.trials()).map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  it('ends at a callback’s word', async () => {
    const { study } = await openLine();
    const seen: number[] = [];
    const onTrialFinished: OptimizeOptions['onTrialFinished'] = ({ number }) => {
      seen.push(number);
      return number === 2 ? 'stop' : undefined;
    };
    expect(await study.optimize(({ params }) => params.x, { onTrialFinished })).toBe('callback');
    expect(seen).toEqual([0, 1, 2]);
  });

  it.each([1, 3])('ends when the sampler is through, without a trial left behind (%i workers)', async (workers) => {
    const { study } = await openLine({ sampler: limited(5) });
    expect(await study.optimize(() => 1, { workers })).toBe('exhausted');
    expect((await study.trials()).map(({ state }) => state)).toEqual(Array(5).fill('complete'));
    expect(await study.optimize(() => 1, { workers })).toBe('exhausted');
    expect(await study.trials()).toHaveLength(5);
    await expect(study.ask()).rejects.toMatchObject({ code: 'EXHAUSTED' });
  });

  it('waits for what may have to be tried again before it says that the sampler is through', async () => {
    const { study } = await openLine({ sampler: limited(2) });
    const run = executorOf(2, async ({ number }) => {
      for (let i = 0; i < 20; i++) await nextTurn();
      return number === 1 ? WORKER_DIED : completeOutcome(1);
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
          const { study } = await openLine();
          let running = 0;
          const run = executorOf(workers, async () => {
            running += 1;
            expect(running).toBeLessThanOrEqual(workers);
            const trials = await study.desk.setup.store.readTrials(study.record.id);
            const finished = trials.filter(({ state }) => state === 'complete' || state === 'pruned').length;
            expect(finished + trials.filter(({ state }) => state === 'running').length).toBeLessThanOrEqual(until);
            for (let turns = dice.next().value; turns > 0; turns--) await nextTurn();
            running -= 1;
            return dice.next().value === 0 ? THREW : completeOutcome(1);
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
    const { study, options } = await openLine();
    const other = await loadStudy({ ...options, owner: newOwner() });
    const run = () =>
      executorOf(2, async () => {
        for (let i = 0; i < 5; i++) await nextTurn();
        return completeOutcome(1);
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
    const { study } = await openLine();
    await study.optimize(async () => await nextTurn(1), { trials: 7, workers: 3 });
    expect(await study.trials()).toHaveLength(7);
  });
});

describe('pruning', () => {
  it('stops a trial at the pruner’s word, with its last value and the reason', async () => {
    const { study } = await openLine({ pruner: createPruner('threshold:upper=2') });
    const objective: Objective<Point> = async (trial) => {
      for (let step = 1; step <= 5; step++) if ((await trial.report(step, step)) === 'stop') return 99;
      return 0;
    };
    await study.optimize(objective, { trials: 1 });
    expect(await study.trials()).toMatchObject([{ state: 'pruned', values: [3], end: { reason: 'pruned' } }]);
    expect((await study.trials())[0]?.reports.map(({ step }) => step)).toEqual([1, 2, 3]);
  });

  it('keeps the rungs of successive halving', async () => {
    const { study } = await openLine({ pruner: createPruner('asha:eta=2,min=1') });
    const objective: Objective<Point> = async (trial) => {
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

/** Random configurations, but only so many. */
function limited(count: number): Sampler {
  return {
    name: 'limited',
    settings: {},
    suggest: (context) => (context.draw < count ? randomSampler().suggest(context) : null),
  };
}
