import { createReadStream, type ReadStream } from 'node:fs';
import { pipeline, type Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { TableSource } from './chunk-reader.js';
import { PreprocessingError } from './preprocessing-error.js';
import { emptyFile, statRegularFile, unreadable } from './regular-file.js';

const BLOCK_BYTES = 256 * 1024;
/** No line of a table is longer; a file without line ends is not read into memory whole. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;
const NEWLINE = 10;

/** Whole lines of a text file, and how far into the file they end. The last block may lack its line end. */
export interface LineBlock {
  readonly bytes: Buffer;
  readonly bytesRead: number;
}

/**
 * Streams a UTF-8 file, plain or compressed (name ends in `.gz` or `.zst`), in blocks of whole lines, without its byte order
 * mark.
 * @throws {PreprocessingError} FILE_NOT_FOUND, NOT_A_FILE, FILE_UNREADABLE, EMPTY_FILE, BINARY_FILE, BAD_GZIP, BAD_ZSTD, READER_UNAVAILABLE
 */
export async function* readLineBlocks(source: TableSource, signal?: AbortSignal): AsyncGenerator<LineBlock> {
  const name = typeof source === 'string' ? source : source.name;
  const unpacker = unpackerOf(name);
  const raw = typeof source === 'string' ? await openFile(source) : source.stream;
  // The callback may stay silent: `pipeline` destroys both streams with the error, and the loop over the output throws it.
  const text = unpacker === undefined ? raw : pipeline(raw, unpacker, () => undefined);
  let rest: Buffer = Buffer.alloc(0);
  let isStart = true;
  let bytesSeen = 0;
  try {
    for await (const piece of text) {
      signal?.throwIfAborted();
      const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(piece as string);
      bytesSeen += bytes.length;
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      if (isStart && rest.length < 4) continue;
      if (isStart) rest = checkedStart(rest, name);
      isStart = false;
      const end = rest.lastIndexOf(NEWLINE) + 1;
      if (end === 0 && rest.length > MAX_LINE_BYTES) throw noLines(name);
      if (end === 0) continue;
      yield { bytes: rest.subarray(0, end), bytesRead: consumed(raw, bytesSeen) };
      rest = rest.subarray(end);
    }
  } catch (error) {
    throw readingFailed(error, name);
  } finally {
    raw.destroy();
    text.destroy();
  }
  if (bytesSeen === 0) throw emptyFile(name);
  if (isStart) rest = checkedStart(rest, name);
  if (rest.length > 0) yield { bytes: rest, bytesRead: consumed(raw, bytesSeen) };
}

async function openFile(file: string): Promise<ReadStream> {
  await statRegularFile(file);
  return createReadStream(file, { highWaterMark: BLOCK_BYTES });
}

/** Node has zstd from 22.15 on. */
export const canReadZstd = 'createZstdDecompress' in zlib;

/** What unpacks a file of this name; undefined for a plain one. */
function unpackerOf(name: string): Transform | undefined {
  if (name.endsWith('.gz')) return createGunzip();
  return name.endsWith('.zst') ? createUnzstd(name) : undefined;
}

/** Also for checking a .gz file whole. */
export function createGunzip(): zlib.Gunzip {
  return zlib.createGunzip({ chunkSize: BLOCK_BYTES });
}

function createUnzstd(file: string): Transform {
  if ('createZstdDecompress' in zlib) return (zlib.createZstdDecompress as () => Transform)();
  throw new PreprocessingError('READER_UNAVAILABLE', `Node ${process.version} cannot decompress zstd`, {
    file,
    expected: 'Node 22.15 or newer',
    hint: 'Read it with the DuckDB reader (--reader duckdb)',
  });
}

/** Bytes taken from the file itself: fewer than the text's when it is compressed. */
function consumed(raw: Readable, bytesSeen: number): number {
  return 'bytesRead' in raw && typeof raw.bytesRead === 'number' ? raw.bytesRead : bytesSeen;
}

/** Refuses what cannot be UTF-8 text and takes off the byte order mark. */
function checkedStart(bytes: Buffer, file: string): Buffer {
  const expected = 'UTF-8 text in lines';
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new PreprocessingError('BINARY_FILE', 'this is gzip data under a plain name', {
      file,
      expected,
      hint: 'Give it a name that ends in .gz',
    });
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new PreprocessingError('BINARY_FILE', 'this is UTF-16 text', { file, expected, hint: 'Save it as UTF-8' });
  }
  if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') {
    throw new PreprocessingError('BINARY_FILE', 'this is a Parquet file', {
      file,
      expected,
      hint: 'Read it with the DuckDB reader (--reader duckdb), or export it as CSV',
    });
  }
  const zero = bytes.subarray(0, BLOCK_BYTES).indexOf(0);
  if (zero !== -1) {
    throw new PreprocessingError('BINARY_FILE', `this is binary: a zero byte at offset ${zero}`, {
      file,
      expected,
      hint: 'Export the table as CSV',
    });
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function noLines(file: string): PreprocessingError {
  return new PreprocessingError('BINARY_FILE', `no line end within ${MAX_LINE_BYTES} bytes`, {
    file,
    expected: 'UTF-8 text in lines',
  });
}

/** The error for bytes that did not come as they should. */
export function readingFailed(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof PreprocessingError || code === 'ABORT_ERR' || code === '') return error;
  const format = code.startsWith('ZSTD_') || file.endsWith('.zst') ? 'zstd' : 'gzip';
  if (!code.startsWith('Z_') && !code.startsWith('ZSTD_')) return unreadable(file, error);
  const problem = code === 'Z_BUF_ERROR' ? `the ${format} data ends too early` : `this is no valid ${format} data`;
  return new PreprocessingError(format === 'zstd' ? 'BAD_ZSTD' : 'BAD_GZIP', problem, {
    file,
    expected: `a complete ${format === 'zstd' ? '.zst' : '.gz'} file`,
    hint: 'Fetch or compress it again',
    cause: error,
  });
}
