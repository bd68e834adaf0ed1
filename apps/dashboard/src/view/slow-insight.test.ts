import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { SlowInsight } from './slow-insight.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** An insight that counts how often it was computed; each time takes so long. */
function counted(tookMs = 0) {
  const log: string[] = [];
  let computed = 0;
  const insight = new SlowInsight<number>({
    changed: () => log.push('changed'),
    failed: (error) => log.push(`failed: ${error}`),
  });
  onTestFinished(() => insight.close());
  const ask = (subject: string, trials: string): number =>
    insight.of([subject], trials, () => {
      vi.advanceTimersByTime(tookMs);
      log.push(`${subject} of ${trials}`);
      return ++computed;
    });
  return { insight, log, ask };
}

it('is computed at once the first time and for another subject, once for the same trials', () => {
  const { ask, log } = counted();
  expect([ask('mae', 'a'), ask('mae', 'a'), ask('speed', 'a')]).toEqual([1, 1, 2]);
  expect(log).toEqual(['mae of a', 'speed of a']);
});

it('lags behind new trials, catches up with the latest between frames, and says so', () => {
  const { ask, log } = counted();
  ask('mae', 'a');
  expect([ask('mae', 'b'), ask('mae', 'c')]).toEqual([1, 1]);
  vi.advanceTimersByTime(999);
  expect(log).toEqual(['mae of a']);
  vi.advanceTimersByTime(1);
  expect(log).toEqual(['mae of a', 'mae of c', 'changed']);
  expect(ask('mae', 'c')).toBe(2);
  vi.advanceTimersByTime(60_000);
  expect(log).toHaveLength(3);
});

it('takes a twentieth of a core at most: what took 200 ms rests for 3.8 s', () => {
  const { ask, log } = counted(200);
  ask('mae', 'a');
  ask('mae', 'b');
  vi.advanceTimersByTime(3_799);
  expect(log).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(log).toHaveLength(3);
});

it('computes nothing any more once it is closed', () => {
  const { insight, ask, log } = counted();
  ask('mae', 'a');
  ask('mae', 'b');
  insight.close();
  ask('mae', 'c');
  vi.advanceTimersByTime(60_000);
  expect(log).toEqual(['mae of a']);
});

it('hands over what computing between frames threw', () => {
  const failed = vi.fn();
  const insight = new SlowInsight<number>({ changed: () => undefined, failed });
  insight.of([], 'a', () => 1);
  insight.of([], 'b', () => {
    throw new Error('too many');
  });
  vi.advanceTimersByTime(1_000);
  expect(failed).toHaveBeenCalledWith(new Error('too many'));
});
