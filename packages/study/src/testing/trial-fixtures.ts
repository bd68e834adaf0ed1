import type { ParamValues } from '@assay/space';
import type { TrialRecord } from '../trial-record.js';

/** A complete trial of one parameter, without anything that is not given. */
export function aTrial(number: number, given: Partial<TrialRecord> = {}): TrialRecord {
  return {
    id: number + 1,
    number,
    state: 'complete',
    params: { x: number },
    values: [number],
    constraints: [],
    reports: [],
    rungs: [],
    startedMs: 0,
    finishedMs: 1,
    draw: number,
    retryOf: null,
    note: null,
    end: null,
    attributes: {},
    ...given,
  };
}

/** Complete trials with these values, in this order. */
export function trialsWith(...values: readonly (readonly number[])[]): readonly TrialRecord[] {
  return values.map((each, number) => aTrial(number, { values: each }));
}

/** Complete trials with these parameters; a trial's value is its number. */
export function trialsAt(...params: readonly ParamValues[]): readonly TrialRecord[] {
  return params.map((each, number) => aTrial(number, { params: each }));
}
