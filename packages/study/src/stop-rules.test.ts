import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type RunFacts, requireLimits, stopReason } from './stop-rules.js';

const FACTS: RunFacts = { interrupted: false, failuresInARow: 0, elapsedMs: 0, finished: 0, finishedSinceBest: 0 };

describe('stopReason', () => {
  it.each([
    {
      name: 'nothing reached',
      limits: {},
      facts: { finished: 999, finishedSinceBest: 999, failuresInARow: 9 },
      reason: null,
    },
    { name: 'ten failures, the default', limits: {}, facts: { failuresInARow: 10 }, reason: 'max-failures' },
    { name: 'any number of failures', limits: { maxFailures: null }, facts: { failuresInARow: 999 }, reason: null },
    { name: 'one short of until', limits: { until: 5 }, facts: { finished: 4 }, reason: null },
    { name: 'until', limits: { until: 5 }, facts: { finished: 5 }, reason: 'until' },
    { name: 'until 0', limits: { until: 0 }, facts: {}, reason: 'until' },
    { name: 'one short of patience', limits: { noImprovement: 3 }, facts: { finishedSinceBest: 2 }, reason: null },
    { name: 'patience', limits: { noImprovement: 3 }, facts: { finishedSinceBest: 3 }, reason: 'no-improvement' },
    { name: 'in time', limits: { timeoutMs: 100 }, facts: { elapsedMs: 99 }, reason: null },
    { name: 'out of time', limits: { timeoutMs: 100 }, facts: { elapsedMs: 100 }, reason: 'timeout' },
    { name: 'a person first', limits: { until: 0, timeoutMs: 0 }, facts: { interrupted: true }, reason: 'interrupted' },
  ] as const)('$name: $reason', ({ limits, facts, reason }) => {
    expect(stopReason({ ...DEFAULT_LIMITS, ...limits }, { ...FACTS, ...facts })).toBe(reason);
  });
});

describe('requireLimits', () => {
  it.each([
    { limits: { trials: -1 }, message: 'trials must be a whole number of at least 0, got -1' },
    { limits: { until: 1.5 }, message: 'until must be a whole number of at least 0, got 1.5' },
    { limits: { maxFailures: 0 }, message: 'maxFailures must be a whole number of at least 1, got 0' },
    { limits: { noImprovement: 0 }, message: 'noImprovement must be a whole number of at least 1, got 0' },
    { limits: { timeoutMs: -1 }, message: 'timeoutMs must be a number of at least 0, got -1' },
    { limits: { trials: Number.NaN }, message: 'trials must be a whole number of at least 0, got NaN' },
  ])('$message', ({ limits, message }) => {
    const check = () => requireLimits({ ...DEFAULT_LIMITS, ...limits });
    expect(check).toThrow(expect.objectContaining({ name: 'StudyError', code: 'BAD_OPTION', message }));
  });

  it('takes zero trials and fractions of a millisecond', () => {
    expect(() => requireLimits({ ...DEFAULT_LIMITS, trials: 0, until: 0, timeoutMs: 0.5 })).not.toThrow();
  });
});
