import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip, readingFailed } from '../line-blocks.js';

/**
 * How much text a .gz file holds. Unpacks it whole, in Node's own threads, above all to see that it is complete and its checksums
 * hold: DuckDB reads a file that is cut off to where it ends, and checks no sum.
 * @throws {PreprocessingError} BAD_GZIP, FILE_UNREADABLE
 */
export async function gunzippedBytes(file: string, signal?: AbortSignal): Promise<number> {
  const text = pipeline(createReadStream(file), createGunzip(), () => undefined);
  let bytes = 0;
  try {
    for await (const piece of text) {
      signal?.throwIfAborted();
      bytes += (piece as Buffer).length;
    }
    return bytes;
  } catch (error) {
    throw readingFailed(error, file);
  }
}
