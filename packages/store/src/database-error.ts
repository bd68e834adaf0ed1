import { StoreError } from '@assay/study';

/** SQLite's result codes (by prefix: the extended ones too) and what a person can do about each. */
const WAYS_OUT: readonly (readonly [prefix: string, problem: string, wayOut: string])[] = [
  ['SQLITE_BUSY', 'is locked', 'another program has held it for too long; close that program, or try again'],
  ['SQLITE_LOCKED', 'is locked', 'another program has held it for too long; close that program, or try again'],
  ['SQLITE_FULL', 'cannot grow', 'the disk is full; free some space, nothing that was stored is lost'],
  ['SQLITE_READONLY', 'cannot be written', 'make the file and its folder writable, or give another path'],
  ['SQLITE_PERM', 'cannot be opened', 'make the file and its folder readable and writable, or give another path'],
  [
    'SQLITE_CANTOPEN',
    'cannot be opened',
    'check that it is a file, and that it and its folder may be read and written',
  ],
  ['SQLITE_NOTADB', 'is not an SQLite database', 'give the path of a study database, or of a new file'],
  [
    'SQLITE_CORRUPT',
    'is damaged',
    "wait if it is just being restored or copied; else rescue what can be read with: sqlite3 <file> '.recover' | sqlite3 <new file>",
  ],
  ['SQLITE_IOERR', 'cannot be read or written', 'the disk reports an error; check its free space and its health'],
];

/** Any failure of the database as a `DATABASE_FAILED` that names the file and the way out; a `StoreError` stays as it is. */
export function databaseError(error: unknown, url: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!code.startsWith('SQLITE_')) return error;
  const known = WAYS_OUT.find(([prefix]) => code.startsWith(prefix));
  const [, problem, wayOut] = known ?? ['', 'failed', 'this is unexpected; please report it'];
  return new StoreError('DATABASE_FAILED', `${url} ${problem} (${code}: ${error.message}): ${wayOut}`, {
    cause: error,
  });
}
