import { StoreError, type StoreErrorCode } from '@assay/study';

const UNTRUSTED = [
  'DATABASE_FAILED',
  'has a certificate that cannot be checked',
  'name its authority with ?sslrootcert=<file>, or encrypt without checking with ?sslmode=require',
] as const;

/** How PostgreSQL (SQLSTATE, by prefix) and the network call a failure, and what a person can do about it. */
const WAYS_OUT: readonly (readonly [prefix: string, code: StoreErrorCode, problem: string, wayOut: string])[] = [
  [
    '28',
    'DATABASE_FAILED',
    'refuses to let us in',
    'check the user and the password in the URL (or PGPASSWORD); ?sslmode=require where the server wants encryption',
  ],
  // so PgBouncer says all of these
  ['08P01', 'DATABASE_FAILED', 'refuses the connection', 'check its user, its database, and what follows ? in the URL'],
  ['3D000', 'DATABASE_FAILED', 'does not exist', 'make it with: createdb <name>'],
  ['42501', 'DATABASE_FAILED', 'may not be changed by this user', 'grant it the right to create and to write tables'],
  ['25006', 'DATABASE_FAILED', 'is read-only', 'give the primary server, not one that only follows it'],
  ['53100', 'DATABASE_FAILED', 'cannot grow', 'its disk is full; free some space, nothing that was stored is lost'],
  ['53300', 'DATABASE_FAILED', 'has too many connections', 'raise its max_connections, or run fewer processes'],
  ['55P03', 'DATABASE_FAILED', 'is locked', 'another program has held it for too long; close that one, or try again'],
  ['22003', 'INVALID_VALUE', 'cannot hold a number', 'it must fit in 32 bits'],
  ['22021', 'INVALID_VALUE', 'cannot hold a text', 'PostgreSQL knows no text with a NUL character'],
  ['22P05', 'INVALID_VALUE', 'cannot hold a text', 'make the database again with: createdb --encoding=UTF8 <name>'],
  [
    'NO_SSL',
    'DATABASE_FAILED',
    'does not encrypt',
    'leave sslmode out of the URL, or switch encryption on in the server',
  ],
  ...['SELF_SIGNED', 'DEPTH_ZERO', 'UNABLE_TO', 'ERR_TLS', 'CERT_'].map((prefix) => [prefix, ...UNTRUSTED] as const),
  ['ERR_INVALID_URL', 'BAD_URL', 'is no URL', 'write / as %2F, # as %23, ? as %3F and % as %25 in a password'],
  ['ENOTFOUND', 'DATABASE_FAILED', 'cannot be reached', 'there is no host of that name; check the URL'],
  ['EAI_AGAIN', 'DATABASE_FAILED', 'cannot be reached', 'the name of its host could not be looked up; try again'],
];

const UNREACHABLE = [
  'DATABASE_FAILED',
  'cannot be reached',
  'check that the server runs, its host and its port',
] as const;
const UNEXPECTED = ['DATABASE_FAILED', 'failed', 'this is unexpected; please report it'] as const;

/** The server is going away, has gone, or is not there yet; or the network between is broken. */
const LOST = /^(08|57P0|25P03|53300|ECONN|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOENT|EAI_AGAIN)/;

/** What `pg` says, without a code, of a connection that broke, and of a server that does not answer. */
const LOST_MESSAGES = /^(Connection terminated|Client has encountered a connection error|timeout e|Query read timeout)/;

/** Serialization failure, deadlock, and what somebody else inserted or created first: the next attempt sees it. */
const CONFLICTS: readonly string[] = ['40001', '40P01', '23505', '42P07', '42710'];

/** A prepared statement that is there although we have not prepared it, or is not although we have. */
const POOLED: readonly string[] = ['42P05', '26000'];

/** What `pg` says without a code: there is no password at all, or no encryption. */
const MESSAGES: readonly (readonly [start: string, code: string])[] = [
  ['SASL', '28P01'],
  ['The server does not support SSL', 'NO_SSL'],
];

function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return MESSAGES.find(([start]) => error.message.startsWith(start))?.[1] ?? '';
}

/** Whether the connection is of no more use, whatever became of its transaction. */
export function isConnectionLost(error: unknown): boolean {
  return error instanceof Error && (LOST.test(codeOf(error)) || LOST_MESSAGES.test(error.message));
}

/** Whether the server is there, but not ready yet. */
export function isStarting(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === '57P03';
}

/** Whether a pooler (PgBouncer in transaction mode) gives each transaction another of the server's connections. */
export function isPooled(error: unknown): boolean {
  return error instanceof Error && POOLED.includes(codeOf(error));
}

/** Whether the same transaction may succeed when it is run again at once, without prepared statements if need be. */
export function isConflict(error: unknown): boolean {
  return isPooled(error) || (error instanceof Error && CONFLICTS.includes(codeOf(error)));
}

/**
 * Any failure of the database as a `StoreError` that names the database and the way out; a `StoreError` stays as it is.
 * @param tried what was done about it before it was given up; empty when nothing was
 */
export function postgresError(error: unknown, url: string, tried = ''): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  const lost = isConnectionLost(error);
  if (code === '' && !lost) return error;
  const known = WAYS_OUT.find(([prefix]) => code.startsWith(prefix))?.slice(1) as typeof UNREACHABLE | undefined;
  const [storeCode, problem, wayOut] = known ?? (lost ? UNREACHABLE : UNEXPECTED);
  const reason = [code, reasonOf(error)].filter((part) => part !== '').join(': ');
  return new StoreError(storeCode, `${url} ${problem} (${reason})${tried}: ${wayOut}`, { cause: error });
}

/** Node gives no message of its own when it has tried several addresses of a host. */
function reasonOf(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message;
  return error.errors.map((each: unknown) => (each instanceof Error ? each.message : String(each))).join('; ');
}
