import { chmodSync, closeSync, constants, copyFileSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { databaseError } from './database-error.js';

/**
 * Copies a file as it is now, what is only in its log included; changes nothing of it, and leaves nothing beside it.
 * @throws {StoreError} `DATABASE_FAILED`
 */
export async function copySqlite(path: string, url: string, to: string): Promise<void> {
  try {
    if (!copiedAtRest(path, to)) await backUp(path, to);
  } catch (error) {
    throw databaseError(error, url);
  }
}

async function backUp(path: string, to: string): Promise<void> {
  const source = new Database(path, { readonly: true });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
}

/**
 * SQLite reads a file with a write-ahead log only where it may make that log. While there is none, nobody has the file open, and it
 * is whole by itself.
 * @returns false when somebody has it open, or had it meanwhile
 */
function copiedAtRest(path: string, to: string): boolean {
  if (!isAtRest(path)) return false;
  const before = statSync(path);
  copyFileSync(path, to, constants.COPYFILE_FICLONE);
  const after = statSync(path);
  chmodSync(to, 0o600);
  return isAtRest(path) && after.mtimeMs === before.mtimeMs && after.size === before.size;
}

function isAtRest(path: string): boolean {
  return usesWriteAheadLog(path) && !existsSync(`${path}-wal`);
}

/** By the format versions in its header. @see https://sqlite.org/fileformat2.html#file_format_version_numbers */
function usesWriteAheadLog(path: string): boolean {
  const header = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  return header[18] === 2 && header[19] === 2;
}
