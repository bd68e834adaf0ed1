import type { Owner, TrialState } from '@assay/study';
import { isFinal, StoreError } from '@assay/study';
import type { SqlSession } from './sql-database.js';
import { fromStoredState, type StoredState } from './trial-state.js';

const FIND_LEASE = `SELECT t.number, t.study_id AS "studyId", t.state AS "storedState", o.token,
    a.has_params AS "hasParams", a.end_reason AS "endReason"
  FROM trials t LEFT JOIN assay_trials a USING (trial_id) LEFT JOIN assay_owners o USING (owner_id)
  WHERE t.trial_id = @trialId`;

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

/** Inside of `write`: the lease stays as it is until the transaction ends. @throws {StoreError} `TRIAL_NOT_FOUND` */
export async function findLease(db: SqlSession, trialId: number): Promise<Lease> {
  await db.lock('trial', trialId);
  const row = await db.get<LeaseRow>(FIND_LEASE, { trialId });
  if (row === undefined) throw new StoreError('TRIAL_NOT_FOUND', `${db.url} has no trial with id ${trialId}`);
  return { ...row, state: fromStoredState(row.storedState, row.endReason) };
}

/** @throws {StoreError} `TRIAL_NOT_FOUND`; `LEASE_LOST` unless the owner runs the trial */
export async function requireLease(db: SqlSession, trialId: number, owner: Owner): Promise<Lease> {
  const lease = await findLease(db, trialId);
  requireOwned(lease, owner);
  return lease;
}

/** @throws {StoreError} `LEASE_LOST` unless the owner runs the trial */
export function requireOwned(lease: Lease, owner: Owner): void {
  if (lease.state === 'running' && lease.token === owner.token) return;
  throw leaseLost(lease, lease.state === 'running' ? 'another process runs it' : `it is ${lease.state}`);
}

/** The trial was reaped, or ended by another tool, which leaves our lease where it is. */
export function wasEndedElsewhere({ state, token, endReason }: Lease): boolean {
  return isFinal(state) && (endReason === 'process-died' || token !== null);
}

export function leaseLost({ number }: Lease, why: string): StoreError {
  return new StoreError('LEASE_LOST', `trial ${number} does not belong to this process: ${why}`);
}
