import { StoreError } from '@assay/study';
import { describe, expect, it } from 'vitest';
import { isConflict, isConnectionLost, postgresError } from './postgres-error.js';

const URL = 'postgresql://me:***@host/db';

/** An error as `pg`, or the network below it, throws it. */
const failure = (code: string | null, message: string): Error =>
  Object.assign(new Error(message), code === null ? {} : { code });

describe('postgresError', () => {
  it.each([
    {
      code: '28P01',
      message: 'password authentication failed',
      says: /refuses to let us in.*check the user and the pass/,
    },
    { code: null, message: 'SASL: client password must be a string', says: /refuses to let us in.*PGPASSWORD/ },
    { code: null, message: 'The server does not support SSL connections', says: /does not encrypt.*sslmode/ },
    { code: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed', says: /certificate.*sslrootcert/ },
    { code: '3D000', message: 'database "db" does not exist', says: /does not exist.*createdb/ },
    { code: '08P01', message: 'unsupported startup parameter: options', says: /refuses the connection.*follows \?/ },
    { code: '25006', message: 'in a read-only transaction', says: /read-only.*primary/ },
    { code: '53100', message: 'could not extend file', says: /cannot grow.*disk is full/ },
    { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED', says: /cannot be reached.*check that the server runs/ },
    {
      code: null,
      message: 'Connection terminated unexpectedly',
      says: /cannot be reached.*check that the server runs/,
    },
    { code: 'XX000', message: 'something new', says: /failed \(XX000: something new\).*report/ },
  ])('$code $message', ({ code, message, says }) => {
    const cause = failure(code, message);
    const error = postgresError(cause, URL);
    expect(error).toMatchObject({ name: 'StoreError', code: 'DATABASE_FAILED', cause });
    expect((error as StoreError).message).toMatch(says);
    expect((error as StoreError).message.startsWith(`${URL} `)).toBe(true);
  });

  it('says what was tried before it was given up', () => {
    const { message } = postgresError(failure('57P01', 'shutting down'), URL, ' after 3 attempts in 9 s') as StoreError;
    expect(message).toContain('(57P01: shutting down) after 3 attempts in 9 s:');
  });

  it('leaves alone what is no failure of the database', () => {
    const errors = [new StoreError('LEASE_LOST', 'lost'), new TypeError('a mistake of ours')];
    for (const error of errors) expect(postgresError(error, URL)).toBe(error);
  });
});

it.each([
  { code: '57P01', message: 'terminating connection due to administrator command', lost: true, conflict: false },
  { code: '08006', message: 'connection failure', lost: true, conflict: false },
  { code: '25P03', message: 'idle-in-transaction timeout', lost: true, conflict: false },
  { code: 'ECONNRESET', message: 'read ECONNRESET', lost: true, conflict: false },
  { code: null, message: 'Query read timeout', lost: true, conflict: false },
  { code: null, message: 'timeout exceeded when trying to connect', lost: true, conflict: false },
  { code: '40P01', message: 'deadlock detected', lost: false, conflict: true },
  { code: '23505', message: 'duplicate key', lost: false, conflict: true },
  { code: '26000', message: 'prepared statement does not exist', lost: false, conflict: true },
  { code: '55P03', message: 'lock timeout', lost: false, conflict: false },
  { code: '28P01', message: 'password', lost: false, conflict: false },
])('$code $message: lost $lost, conflict $conflict', ({ code, message, lost, conflict }) => {
  expect(isConnectionLost(failure(code, message))).toBe(lost);
  expect(isConflict(failure(code, message))).toBe(conflict);
});
