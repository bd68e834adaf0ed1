import type { Owner } from '@assay/study';
import { isProcessGone, processIdentity } from './process-identity.js';
import type { SqliteConnection } from './sqlite-connection.js';

/** Unix milliseconds by the database's clock. */
const NOW_MS = `CAST(round(unixepoch('now', 'subsec') * 1000) AS INTEGER)`;

const RENEW_OWNER = `UPDATE assay_owners SET renewed_ms = ${NOW_MS} WHERE token = ? RETURNING owner_id AS id`;

const ADD_OWNER = `INSERT INTO assay_owners (token, host, pid, pid_space, process_start, renewed_ms)
  VALUES (@token, @host, @pid, @pidSpace, @start, ${NOW_MS}) RETURNING owner_id AS id`;

const LIST_LEASES = `SELECT t.trial_id AS id, t.number, o.host, o.pid, o.pid_space AS pidSpace, o.process_start AS start,
    ${NOW_MS} - o.renewed_ms AS ageMs
  FROM trials t JOIN assay_trials a USING (trial_id) JOIN assay_owners o USING (owner_id)
  WHERE t.study_id = @studyId AND t.state = 'RUNNING' AND o.token <> @token ORDER BY t.number`;

/** A running trial of another owner's. */
interface LeaseRow {
  readonly id: number;
  readonly number: number;
  readonly host: string;
  readonly pid: number;
  readonly pidSpace: string | null;
  readonly start: string | null;
  readonly ageMs: number;
}

export interface ExpiredLease {
  readonly id: number;
  readonly number: number;
  /** One line for a person. */
  readonly message: string;
}

/** Inside of `write`. Proves that the owner is alive: one row says so for all its trials. Returns the row's id. */
export function renewOwner(connection: SqliteConnection, owner: Owner): number {
  const known = connection.get<{ id: number }>(RENEW_OWNER, [owner.token]);
  if (known !== undefined) return known.id;
  const { token, host, pid } = owner;
  return connection.get<{ id: number }>(ADD_OWNER, { token, host, pid, ...processIdentity(pid) })!.id;
}

/** The study's running trials whose process is gone, or has not renewed its lease for longer than `graceMs`. */
export function expiredLeases(
  connection: SqliteConnection,
  studyId: number,
  reaper: Owner,
  graceMs: number,
): readonly ExpiredLease[] {
  const leases = connection.all<LeaseRow>(LIST_LEASES, { studyId, token: reaper.token });
  return leases.flatMap((lease) => {
    const { id, number } = lease;
    const who = `the process that ran it (${lease.pid} on ${lease.host})`;
    if (lease.host === reaper.host && isProcessGone(lease.pid, lease)) {
      return [{ id, number, message: `${who} is gone` }];
    }
    if (lease.ageMs <= graceMs) return [];
    return [{ id, number, message: `${who} has given no sign of life for ${Math.round(lease.ageMs / 1000)} s` }];
  });
}
