import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PreprocessingError } from './preprocessing-error.js';

/**
 * Looks at a file that is about to be read.
 * @throws {PreprocessingError} FILE_NOT_FOUND, NOT_A_FILE, FILE_UNREADABLE, EMPTY_FILE
 */
export async function statRegularFile(file: string): Promise<BigIntStats> {
  const found = await stat(file, { bigint: true }).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (!found.isFile()) {
    const got = found.isDirectory() ? 'this is a directory' : 'this is no regular file';
    throw new PreprocessingError('NOT_A_FILE', got, {
      file,
      expected: 'a CSV file, plain or .gz',
      hint: 'Name the file itself',
    });
  }
  if (found.size === 0n) throw emptyFile(file);
  return found;
}

/** The error for a file that the system does not let us read. */
export function unreadable(file: string, cause: unknown): PreprocessingError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new PreprocessingError('FILE_NOT_FOUND', 'no such file', { file, hint: 'Check the path', cause });
  }
  return new PreprocessingError('FILE_UNREADABLE', `cannot be read (${code})`, {
    file,
    hint: 'Check its permissions and the disk',
    cause,
  });
}

export function emptyFile(file: string): PreprocessingError {
  return new PreprocessingError('EMPTY_FILE', 'the file is empty', { file, expected: 'a header line and rows' });
}
