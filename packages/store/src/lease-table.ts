import type { Owner } from '@assay/study';
import { isProcessGone, processIdentity } from './process-identity.js';
import type { SqlSession } from './sql-database.js';
import type { SqlDialect } from './sql-dialect.js';

const renewOwnerStatement = ({ nowMs }: SqlDialect): string =>
  `UPDATE assay_owners SET renewed_ms = ${nowMs} WHERE token = @token RETURNING owner_id AS id`;

/** Two transactions of one process may come here at once. */
const addOwnerStatement = ({
  nowMs,
}: SqlDialect): string => `INSERT INTO assay_owners (token, host, pid, pid_space, process_start, renewed_ms)
  VALUES (@token, @host, @pid, @pidSpace, @start, ${nowMs})
  ON CONFLICT (token) DO UPDATE SET renewed_ms = excluded.renewed_ms RETURNING owner_id AS id`;

const listLeases = ({ silentMs }: SqlDialect): string => `SELECT t.trial_id AS id, t.number, o.host, o.pid,
    o.pid_space AS "pidSpace", o.process_start AS start, ${silentMs} AS "silentMs"
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
  readonly silentMs: number;
}

export interface ExpiredLease {
  readonly id: number;
  readonly number: number;
  /** One line for a person. */
  readonly message: string;
  /** The process was on the reaper's host. */
  readonly isHere: boolean;
  readonly silentMs: number;
}

/** Inside of `write`. Proves that the owner is alive: one row says so for all its trials. Returns the row's id. */
export async function renewOwner(db: SqlSession, owner: Owner): Promise<number> {
  const { token, host, pid } = owner;
  const known = await db.get<{ id: number }>(renewOwnerStatement(db.dialect), { token });
  if (known !== undefined) return known.id;
  const identity = { token, host, pid, ...processIdentity(pid) };
  return (await db.get<{ id: number }>(addOwnerStatement(db.dialect), identity))!.id;
}

/**
 * The study's running trials whose process is gone, or has not renewed its lease for longer than `graceMs`. To `take`
 * them, inside of `write`, passes over those that somebody is changing just now: their owners live.
 */
export async function expiredLeases(
  db: SqlSession,
  studyId: number,
  reaper: Owner,
  graceMs: number,
  purpose: 'look' | 'take',
): Promise<readonly ExpiredLease[]> {
  const taking = purpose === 'take' ? ` ${db.dialect.takingTrials}` : '';
  const leases = await db.all<LeaseRow>(listLeases(db.dialect) + taking, { studyId, token: reaper.token });
  return leases.flatMap((lease) => {
    const { id, number, silentMs } = lease;
    const isHere = lease.host === reaper.host;
    const who = `the process that ran it (${lease.pid} on ${lease.host})`;
    const expired = { id, number, isHere, silentMs };
    if (isHere && isProcessGone(lease.pid, lease)) return [{ ...expired, message: `${who} is gone` }];
    if (silentMs <= graceMs) return [];
    return [{ ...expired, message: `${who} has given no sign of life for ${Math.round(silentMs / 1000)} s` }];
  });
}
