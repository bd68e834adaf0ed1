import { PreprocessingError } from '../preprocessing-error.js';
import type { DuckdbSession } from './duckdb-session.js';

/** Whether a source is an address that DuckDB's httpfs extension reads, not a path. */
export function isRemote(source: string): boolean {
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
