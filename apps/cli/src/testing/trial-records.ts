import type { TrialRecord } from '@assay/study';

/** A trial in memory: running and empty, but for what is said. */
export function trialRecord(number: number, more: Partial<TrialRecord> = {}): TrialRecord {
  return {
    ...{ id: number, number, state: 'running', params: {}, values: [], constraints: [], reports: [], rungs: [] },
    ...{ startedMs: 1_000, finishedMs: null, draw: number, retryOf: null, note: null, end: null, attributes: {} },
    ...more,
  };
}
