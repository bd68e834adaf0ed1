import type { StudyRecord, TrialRecord } from '@assay/study';
import { describe, expect, it } from 'vitest';
import { plainReporter } from './plain-reporter.js';

const study: StudyRecord = {
  ...{ id: 1, name: 'digits', directions: ['minimize'], metrics: ['loss'], definition: null, createdMs: 0 },
};

function trial(number: number, more: Partial<TrialRecord> = {}): TrialRecord {
  return {
    ...{ id: number, number, state: 'running', params: {}, values: [], constraints: [], reports: [], rungs: [] },
    ...{ startedMs: 1_000, finishedMs: null, draw: number, retryOf: null, note: null, end: null, attributes: {} },
    ...more,
  };
}

function reporter(until: number | null, finished: () => number) {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const listener = plainReporter({ study, until, finished, write: (line) => lines.push(line), now: () => clock.ms });
  return { lines, clock, listener };
}

describe('plainReporter', () => {
  it('says a line for each change of state, with where the study stands', () => {
    let finished = 1;
    const { lines, listener } = reporter(4, () => finished);
    const first = trial(0, { state: 'complete', values: [2] });
    listener({ type: 'study-opened', study, trials: [first] });
    listener({ type: 'trial-started', trial: trial(1) });
    finished = 2;
    listener({
      type: 'trial-finished',
      trial: trial(1, { state: 'complete', values: [1.5], finishedMs: 1_250 }),
      best: true,
    });
    listener({ type: 'trial-started', trial: trial(2, { retryOf: 1 }) });
    const end = { reason: 'threw', message: 'no luck\nat line 3' } as const;
    listener({ type: 'trial-finished', trial: trial(2, { state: 'failed', end, finishedMs: 4_000 }), best: false });
    listener({ type: 'trial-log', number: 2, line: 'hello' });
    listener({ type: 'log', level: 'warning', line: 'careful' });
    listener({ type: 'study-stopped', reason: 'max-failures' });
    expect(lines).toEqual([
      'study digits: resumed, 1/4, best: loss 2 @0',
      'trial 1 started',
      'trial 1 complete  loss 1.5  250ms, 0 reports  [2/4, best: loss 1.5 @1]',
      'trial 2 started (trial 1 again)',
      'trial 2 failed  threw: no luck  3.0s, 0 reports  [2/4, best: loss 1.5 @1]',
      'trial 2: hello',
      'warning: careful',
      'stopped: too many failures in a row',
    ]);
  });

  it('names every objective, and which of them decides what is best', () => {
    const two: StudyRecord = { ...study, directions: ['minimize', 'maximize'], metrics: ['loss', 'speed'] };
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const listener = plainReporter({ study: two, until: null, finished: () => 2, write, now: () => 0 });
    for (const [number, values] of [
      [2, 9],
      [3, 10],
    ].entries()) {
      const ended = trial(number, { state: 'complete', values, finishedMs: 1_000 });
      listener({ type: 'trial-finished', trial: ended, best: true }); // both are on the front
    }
    expect(lines).toEqual([
      'trial 0 complete  loss 2, speed 9  0ms, 0 reports  [2 finished, best by loss: loss 2, speed 9 @0]',
      'trial 1 complete  loss 3, speed 10  0ms, 0 reports  [2 finished, best by loss: loss 2, speed 9 @0]',
    ]);
  });

  it('beats at most once a minute while nothing but reports come', () => {
    const { lines, clock, listener } = reporter(null, () => 0);
    listener({ type: 'trial-started', trial: trial(0) });
    for (clock.ms = 1_000; clock.ms <= 150_000; clock.ms += 1_000)
      listener({ type: 'trial-reported', trial: trial(0) });
    expect(lines).toEqual(['trial 0 started', '1 running  [0 finished]', '1 running  [0 finished]']);
  });
});
