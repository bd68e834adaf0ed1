import type { Owner, TrialState } from '@assay/study';
import { isFinal, StoreError } from '@assay/study';
import type { SqliteConnection } from './sqlite-connection.js';
import { fromStoredState, type StoredState } from './trial-state.js';

const FIND_LEASE = `SELECT t.number, t.study_id AS studyId, t.state AS storedState, o.token, a.has_params AS hasParams,
    a.end_reason AS endReason
  FROM trials t LEFT JOIN assay_trials a USING (trial_id) LEFT JOIN assay_owners o USING (owner_id)
  WHERE t.trial_id = ?`;

interface LeaseRow {
  readonly number: number;
  readonly studyId: number;
  readonly storedState: StoredState;
  /** The owner's; null when no process of ours runs the trial. */
  readonly token: string | null;
  /** 1 once the trial's parameters are written. */
  readonly hasParams: number | null;
  readonly endReason: string | null;
}

/** A trial, and who runs it. */
export interface Lease extends LeaseRow {
  readonly state: TrialState;
}

/** @throws {StoreError} `TRIAL_NOT_FOUND` */
export function findLease(db: SqliteConnection, trialId: number): Lease {
  const row = db.get<LeaseRow>(FIND_LEASE, [trialId]);
  if (row === undefined) throw new StoreError('TRIAL_NOT_FOUND', `${db.url} has no trial with id ${trialId}`);
  return { ...row, state: fromStoredState(row.storedState, row.endReason) };
}

/** @throws {StoreError} `TRIAL_NOT_FOUND`; `LEASE_LOST` unless the owner runs the trial */
export function requireLease(db: SqliteConnection, trialId: number, owner: Owner): Lease {
  const lease = findLease(db, trialId);
  if (lease.state === 'running' && lease.token === owner.token) return lease;
  throw leaseLost(lease, lease.state === 'running' ? 'another process runs it' : `it is ${lease.state}`);
}

/** The trial was reaped, or ended by another tool, which leaves our lease where it is. */
export function wasEndedElsewhere({ state, token, endReason }: Lease): boolean {
  return isFinal(state) && (endReason === 'process-died' || token !== null);
}

export function leaseLost({ number }: Lease, why: string): StoreError {
  return new StoreError('LEASE_LOST', `trial ${number} does not belong to this process: ${why}`);
}
