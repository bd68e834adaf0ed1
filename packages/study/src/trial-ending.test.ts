import type { Direction } from '@assay/sampler';
import { describe, expect, it } from 'vitest';
import { requireEnding } from './life-cycle.js';
import { endingOf, type StopCause, withRetry } from './trial-ending.js';
import type { TrialOutcome } from './trial-executor.js';
import type { EndReason, TrialRecord } from './trial-record.js';

const MIN: readonly Direction[] = ['minimize'];
const MAX: readonly Direction[] = ['maximize'];
const TWO: readonly Direction[] = ['minimize', 'maximize'];
const PRUNED: StopCause = { kind: 'pruned', message: 'worse than the median' };
const stopped: TrialOutcome = { kind: 'stopped' };
const complete = (...values: readonly number[]): TrialOutcome => ({ kind: 'complete', values });

interface Row {
  readonly name: string;
  readonly outcome: TrialOutcome;
  readonly directions?: readonly Direction[];
  readonly reports?: readonly number[];
  readonly stop?: StopCause;
  readonly state: 'complete' | 'pruned' | 'failed';
  readonly values: readonly number[];
  readonly reason?: EndReason;
  readonly retry?: boolean;
}

const ROWS: readonly Row[] = [
  { name: 'a value', outcome: complete(0.5), state: 'complete', values: [0.5] },
  {
    name: 'two values for two objectives',
    outcome: complete(1, 2),
    directions: TWO,
    state: 'complete',
    values: [1, 2],
  },
  {
    name: 'too few values',
    outcome: complete(1),
    directions: TWO,
    state: 'failed',
    values: [],
    reason: 'invalid-value',
  },
  { name: 'too many values', outcome: complete(1, 2), state: 'failed', values: [], reason: 'invalid-value' },
  {
    name: 'a value that is no number',
    outcome: complete('0.5' as unknown as number),
    state: 'failed',
    values: [],
    reason: 'invalid-value',
  },
  { name: 'NaN', outcome: complete(Number.NaN), state: 'pruned', values: [Infinity], reason: 'diverged' },
  {
    name: 'NaN, maximizing',
    outcome: complete(Number.NaN),
    directions: MAX,
    state: 'pruned',
    values: [-Infinity],
    reason: 'diverged',
  },
  {
    name: '+inf, maximizing',
    outcome: complete(Infinity),
    directions: MAX,
    state: 'pruned',
    values: [-Infinity],
    reason: 'diverged',
  },
  { name: '-inf, minimizing', outcome: complete(-Infinity), state: 'pruned', values: [Infinity], reason: 'diverged' },
  {
    name: 'NaN among two objectives',
    outcome: complete(1, Number.NaN),
    directions: TWO,
    state: 'pruned',
    values: [],
    reason: 'diverged',
  },
  {
    name: 'diverged',
    outcome: { kind: 'diverged', message: 'loss is NaN' },
    state: 'pruned',
    values: [Infinity],
    reason: 'diverged',
  },
  {
    name: 'pruned: the last report',
    outcome: stopped,
    reports: [3, 2, 2.5],
    stop: PRUNED,
    state: 'pruned',
    values: [2.5],
    reason: 'pruned',
  },
  { name: 'stopped without a report', outcome: stopped, stop: PRUNED, state: 'pruned', values: [], reason: 'pruned' },
  { name: 'stopped of its own accord', outcome: stopped, reports: [3], state: 'pruned', values: [3], reason: 'pruned' },
  {
    name: 'pruned at NaN',
    outcome: stopped,
    reports: [3, Number.NaN],
    stop: PRUNED,
    state: 'pruned',
    values: [Infinity],
    reason: 'diverged',
  },
  {
    name: 'pruned at +inf, maximizing',
    outcome: stopped,
    directions: MAX,
    reports: [Infinity],
    stop: PRUNED,
    state: 'pruned',
    values: [-Infinity],
    reason: 'diverged',
  },
  {
    name: 'stopped with two objectives',
    outcome: stopped,
    directions: TWO,
    reports: [3],
    state: 'pruned',
    values: [],
    reason: 'pruned',
  },
  {
    name: 'interrupted',
    outcome: stopped,
    reports: [3],
    stop: { kind: 'interrupted' },
    state: 'failed',
    values: [],
    reason: 'interrupted',
    retry: true,
  },
  {
    name: 'a value in spite of the interruption',
    outcome: complete(1),
    stop: { kind: 'interrupted' },
    state: 'complete',
    values: [1],
  },
  {
    name: 'a report that makes no sense',
    outcome: stopped,
    stop: { kind: 'invalid-report', message: 'step -1' },
    state: 'failed',
    values: [],
    reason: 'invalid-value',
  },
  ...(['threw', 'invalid-value', 'timed-out', 'out-of-memory', 'worker-died', 'stopped'] as const).map((reason) => ({
    name: reason,
    outcome: { kind: 'failed', reason, message: 'm', stack: 's' } as const,
    reports: [1],
    state: 'failed' as const,
    values: [],
    reason,
  })),
];

describe('endingOf', () => {
  it.each(ROWS)(
    '$name: $state',
    ({ outcome, directions = MIN, reports = [], stop = null, state, values, reason, retry = false }) => {
      const ending = endingOf(outcome, { directions, reports: reports.map((value, step) => ({ step, value })), stop });
      expect(ending).toMatchObject({ state, values, retry });
      expect(ending.end?.reason).toBe(reason);
      requireEnding(ending, directions.length); // a store takes it
    },
  );

  it('keeps what the objective said beside its values', () => {
    const outcome: TrialOutcome = { kind: 'complete', values: [1], constraints: [-1], attributes: { rows: 5 } };
    expect(endingOf(outcome, { directions: MIN, reports: [], stop: null })).toMatchObject({
      constraints: [-1],
      attributes: { rows: 5 },
    });
    const threw: TrialOutcome = { kind: 'failed', reason: 'threw', message: 'no', stack: 'at objective' };
    const { end } = endingOf(threw, { directions: MIN, reports: [], stop: null });
    expect(end).toEqual({ reason: 'threw', message: 'no', stack: 'at objective' });
  });
});

describe('withRetry', () => {
  const attempt = (reason: EndReason | null) => ({ end: reason && { reason, message: '' } }) as TrialRecord;
  it.each([
    { now: 'worker-died', before: [], limit: 1, retry: true },
    { now: 'out-of-memory', before: [], limit: 1, retry: true },
    { now: 'worker-died', before: ['worker-died'], limit: 1, retry: false },
    { now: 'worker-died', before: ['out-of-memory'], limit: 1, retry: false },
    { now: 'worker-died', before: ['worker-died'], limit: 2, retry: true },
    { now: 'worker-died', before: ['process-died', 'interrupted'], limit: 1, retry: true },
    { now: 'worker-died', before: [], limit: 0, retry: false },
    { now: 'threw', before: [], limit: 1, retry: false },
    { now: 'timed-out', before: [], limit: 1, retry: false },
    { now: 'stopped', before: [], limit: 1, retry: false },
    { now: 'interrupted', before: ['interrupted', 'interrupted'], limit: 0, retry: true },
  ] as const)('$now after $before, limit $limit: $retry', ({ now, before, limit, retry }) => {
    const ending = {
      state: 'failed',
      values: [],
      end: { reason: now, message: '' },
      retry: now === 'interrupted',
    } as const;
    const attempts = [...before.map(attempt), attempt(null)]; // the one that ends now has no end yet
    expect(withRetry(ending, attempts, { workerDeaths: limit, processDeaths: 0 }).retry).toBe(retry);
  });
});
