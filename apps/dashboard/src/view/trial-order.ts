import type { Scalar } from '@assay/space';
import type { TrialRecord } from '@assay/study';
import type { Field } from './trial-fields.js';

export interface Sort {
  /** A field's name. */
  readonly by: string;
  readonly descending: boolean;
}

/** Sorted by a field; trials without a value (NaN too) stand last whatever the direction, equal ones by number. */
export function sortTrials(trials: readonly TrialRecord[], field: Field, descending: boolean): readonly TrialRecord[] {
  if (field.kind === 'number') return descending ? trials.toReversed() : trials;
  const keyed = trials.map((trial) => ({ trial, key: field.read(trial) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    const missing = Number(isMissing(a.key)) - Number(isMissing(b.key));
    if (missing !== 0) return missing;
    return isMissing(a.key) ? 0 : sign * compare(a.key, b.key);
  });
  return keyed.map(({ trial }) => trial);
}

function isMissing(key: Scalar): boolean {
  return key === null || Number.isNaN(key);
}

function compare(a: Scalar, b: Scalar): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : 1;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
