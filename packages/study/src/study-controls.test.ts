import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type OptimizeOptions, optimize } from './optimize.js';
import type { Study } from './study.js';
import { StudyControls } from './study-controls.js';
import type { Objective } from './study-spec.js';
import { climbingSampler } from './testing/climbing-sampler.js';
import { completeOutcome, executorOf, openLine, type Point, typesOf } from './testing/optimize-fixtures.js';

describe('controls', () => {
  it('pause starts nothing, resume goes on', async () => {
    const { study, events } = await openLine();
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
    expect(typesOf(events).filter((type) => type === 'paused' || type === 'resumed')).toEqual(['paused', 'resumed']);
  });

  it('the first stop lets running trials finish', async () => {
    const { study, events } = await openLine();
    const controls = new StudyControls();
    const run = executorOf(2, async ({ number }) => {
      if (number === 3) expect(controls.requestStop()).toBe('finish-running');
      for (let i = 0; i < 5; i++) await nextTurn();
      return completeOutcome(1);
    });
    expect(await optimize(study, run, { controls })).toBe('interrupted');
    expect((await study.trials()).map(({ state }) => state)).toEqual(Array(4).fill('complete'));
    expect(events.filter(({ type }) => type === 'stopping' || type === 'study-stopped')).toEqual([
      { type: 'stopping', how: 'finish-running' },
      { type: 'study-stopped', reason: 'interrupted' },
    ]);
  });

  it('the second stop ends running trials at their next report; they come first when the study goes on', async () => {
    const { study, events } = await openLine({ sampler: climbingSampler() });
    const controls = new StudyControls();
    const objective: Objective<Point> = async (trial) => {
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
    const { study: undisturbed } = await openLine({ sampler: climbingSampler() });
    await undisturbed.optimize(({ params }) => params.x, { until: 5 });
    const done = async (of: Study<Point>) =>
      (await of.trials())
        .filter(({ state }) => state === 'complete')
        .map(({ draw, params, values }) => ({ draw, params, values }));
    expect(await done(study)).toEqual(await done(undisturbed));
  });

  it('stops one trial for good', async () => {
    const { study } = await openLine();
    const controls = new StudyControls();
    const objective: Objective<Point> = async (trial) => {
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
    const { study } = await openLine();
    const controls = new StudyControls();
    controls.pause();
    const running = study.optimize(() => 1, { controls });
    await nextTurn();
    controls.requestStop();
    expect(await running).toBe('interrupted');
    expect(await study.trials()).toEqual([]);
  });
});
