import { PreprocessingError } from '../preprocessing-error.js';
import { quoted } from './cell-sql.js';
import { DuckdbSession } from './duckdb-session.js';

/** Whether a source is an address that DuckDB's httpfs extension reads, not a path. */
export function isAddress(source: string): boolean {
  return /^(https?|s3|gs|gcs|r2|hf):\/\//i.test(source);
}

/**
 * Loads the extension that reads addresses. It is not part of DuckDB's package and nothing installs it unasked.
 * @throws {PreprocessingError} READER_UNAVAILABLE
 */
export async function loadRemoteSupport(session: DuckdbSession, source: string): Promise<void> {
  try {
    await session.values('LOAD httpfs');
  } catch (cause) {
    throw new PreprocessingError('READER_UNAVAILABLE', "DuckDB's httpfs extension is not installed on this machine", {
      file: source,
      expected: 'a file on this machine, or the extension',
      hint: 'Download the file, or install the extension once: run INSTALL httpfs in a DuckDB of the same version',
      cause,
    });
  }
}

/**
 * What the server says of a file: its size, and a state that changes with its contents.
 * @throws {PreprocessingError} READER_UNAVAILABLE, FILE_UNREADABLE
 */
export async function describeRemote(source: string): Promise<{ readonly bytes: number; readonly state: string }> {
  const session = await DuckdbSession.open({ threads: 1, memoryMb: 256 });
  try {
    await loadRemoteSupport(session, source);
    const rows = await session.values(`SELECT size, epoch_us(last_modified) FROM read_blob(${quoted(source)})`);
    const [size, modified] = rows[0] ?? [];
    return { bytes: Number(size), state: `${size} ${modified}` };
  } catch (cause) {
    if (cause instanceof PreprocessingError) throw cause;
    const reason = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
    throw new PreprocessingError('FILE_UNREADABLE', `cannot be read (${reason})`, { file: source, cause });
  } finally {
    session.close();
  }
}
