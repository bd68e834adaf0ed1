import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip, readingFailed } from '../line-blocks.js';

/**
 * Unpacks a .gz file once, in Node's own threads, only to see that it is complete and its checksums hold: DuckDB reads a file that
 * is cut off to where it ends, and checks no sum.
 * @throws {PreprocessingError} BAD_GZIP, FILE_UNREADABLE
 */
export async function assertWholeGzip(file: string, signal?: AbortSignal): Promise<void> {
  const text = pipeline(createReadStream(file), createGunzip(), () => undefined);
  try {
    for await (const _ of text) signal?.throwIfAborted();
  } catch (error) {
    throw readingFailed(error, file);
  }
}
