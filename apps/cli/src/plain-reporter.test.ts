import type { StudyRecord } from '@assay/study';
import { describe, expect, it } from 'vitest';
import { plainReporter, watchedLines } from './plain-reporter.js';
import { trialRecord as trial } from './testing/trial-records.js';

const study: StudyRecord = {
  ...{ id: 1, name: 'digits', directions: ['minimize'], metrics: ['loss'], definition: null, createdMs: 0 },
};

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

  it('names every objective, counts the front, and marks what is infeasible', () => {
    const two: StudyRecord = { ...study, directions: ['minimize', 'maximize'], metrics: ['loss', 'speed'] };
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const listener = plainReporter({ study: two, until: null, finished: () => 2, write, now: () => 0 });
    const ends = (number: number, values: number[], best: boolean, constraints: number[] = []): void => {
      const ended = trial(number, { state: 'complete', values, constraints, finishedMs: 1_000 });
      listener({ type: 'trial-finished', trial: ended, best });
    };
    ends(0, [2, 9], true);
    ends(1, [3, 10], true);
    ends(2, [1, 11], false, [0.5]);
    ends(3, [1, 11], true); // beats both
    expect(lines).toEqual([
      'trial 0 complete  loss 2, speed 9  0ms, 0 reports  [2 finished, front: 1 trial]',
      'trial 1 complete  loss 3, speed 10  0ms, 0 reports  [2 finished, front: 2 trials]',
      'trial 2 complete  loss 1, speed 11  infeasible  0ms, 0 reports  [2 finished, front: 2 trials]',
      'trial 3 complete  loss 1, speed 11  0ms, 0 reports  [2 finished, front: 1 trial]',
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

it('says of a study that is watched how each trial ended, and what is best so far', () => {
  const line = watchedLines(study);
  const end = { reason: 'threw', message: 'no luck' } as const;
  const lines = [
    trial(0, { state: 'failed', end, finishedMs: 1_000 }),
    trial(2, { state: 'complete', values: [2], finishedMs: 1_000 }),
    trial(1, { state: 'complete', values: [2], finishedMs: 1_000 }),
    trial(3, { state: 'pruned', values: [1], finishedMs: 1_000 }),
  ].map((ended) => line(ended).replace(/^.* {2}\[/, '['));
  expect(lines).toEqual([
    '[0 finished]',
    '[1 finished, best: loss 2 @2]',
    '[2 finished, best: loss 2 @1]',
    '[3 finished, best: loss 2 @1]',
  ]);
});
