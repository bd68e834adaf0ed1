import { Readable } from 'node:stream';
import type { ReadOptions, TableSource, TypedChunk } from '../chunk-reader.js';
import { readCsvHeader } from '../csv-header.js';
import { readCsv } from '../csv-reader.js';
import { canReadZstd } from '../line-blocks.js';
import { PreprocessingError } from '../preprocessing-error.js';
import { statRegularFile } from '../regular-file.js';
import { noRows } from '../table-errors.js';
import { assertWholeZstd } from './assert-whole-zstd.js';
import type { DuckdbSession } from './duckdb-session.js';
import { gunzippedBytes } from './gunzipped-bytes.js';
import { lineBlock } from './line-block.js';
import { lineQuery, linesOf } from './line-query.js';
import { LineTable } from './line-table.js';
import { isAddress } from './remote-source.js';
import { textAt } from './vector-cells.js';

/** DuckDB takes a byte order mark off without a word. */
const BYTE_ORDER_MARK_BYTES = 3;

/**
 * Reads a CSV file through DuckDB, which cuts it into lines and cells and casts them in all its threads. From the first line
 * that DuckDB is no judge of (a quote, a carriage return, bytes that are no UTF-8) the CSV reader takes over, so that both readers
 * give the same rows and refuse the same ones. A file with Windows line ends is the CSV reader's from the start.
 * @throws {PreprocessingError} what the CSV reader throws
 */
export async function* readCsvThroughDuckdb(
  session: DuckdbSession,
  file: string,
  options: ReadOptions,
  delimiter: string,
): AsyncGenerator<TypedChunk> {
  const { columns, chunkRows, signal } = options;
  const bytes = isAddress(file) ? 0 : Number((await statRegularFile(file)).size);
  const text = (): TableSource => textSource(session, file);
  if (file.endsWith('.zst') && !isAddress(file)) await assertWholeZstd(file);
  const header = await readCsvHeader(text(), columns, delimiter, signal);
  const textBytes = textBytesOf(file, bytes, signal);
  textBytes.catch(() => undefined); // thrown where it is awaited, also when reading fails first
  const table = new LineTable(columns, header, delimiter, chunkRows);
  const isDone = !header.isCrlf && (yield* takeLines(session, file, table, options, bytes));
  if (!isDone || table.bytes + BYTE_ORDER_MARK_BYTES < (await textBytes)) {
    const skipped = table.line === 0 ? undefined : { after: header.line, upTo: table.line };
    for await (const chunk of readCsv(text(), options, delimiter, skipped))
      for (const filled of table.takeParsed(chunk)) yield { ...filled, bytesRead: chunk.bytesRead };
  }
  await textBytes;
  const rest = table.builder.takeRest();
  if (rest !== undefined) yield { ...rest, bytesRead: bytes };
  if (!table.builder.sawRows) throw noRows(file);
}

/** @returns false when it stopped before a line that DuckDB is no judge of, or that DuckDB refused */
async function* takeLines(
  session: DuckdbSession,
  file: string,
  table: LineTable,
  { columns, signal }: ReadOptions,
  bytes: number,
): AsyncGenerator<TypedChunk, boolean> {
  const { delimiter, header } = table;
  try {
    for await (const chunk of session.chunks(lineQuery(file, delimiter, columns, header), signal)) {
      const bytesRead = isPlainFile(file) ? Math.min(bytes, table.bytes) : Math.round(bytes * session.progress());
      const taken = table.take(lineBlock(chunk, columns, header.positions));
      let step = taken.next();
      for (; !step.done; step = taken.next()) yield { ...step.value, bytesRead };
      if (!step.value) return false;
    }
    return true;
  } catch (error) {
    if (signal?.aborted || error instanceof PreprocessingError) throw error;
    return false;
  }
}

/**
 * How many bytes DuckDB should find: it leaves out a last line that is longer than its buffer. 0 where nobody knows beforehand.
 * @throws {PreprocessingError} BAD_GZIP
 */
async function textBytesOf(file: string, bytes: number, signal: AbortSignal | undefined): Promise<number> {
  if (isPlainFile(file)) return bytes;
  return file.endsWith('.gz') && !isAddress(file) ? gunzippedBytes(file, signal) : 0;
}

function isPlainFile(file: string): boolean {
  return !isAddress(file) && !/\.(gz|zst)$/.test(file);
}

/** The file's text for the CSV reader: its bytes, or DuckDB's lines where only DuckDB can open it. */
function textSource(session: DuckdbSession, file: string): TableSource {
  if (!isAddress(file) && (canReadZstd || !file.endsWith('.zst'))) return file;
  return { name: file.replace(/\.(gz|zst)$/, ''), stream: Readable.from(textLines(session, file)) };
}

async function* textLines(session: DuckdbSession, file: string): AsyncGenerator<Buffer> {
  for await (const chunk of session.chunks(`SELECT line FROM ${linesOf(file)}`)) {
    const vector = chunk.getColumnVector(0);
    const lines = Array.from({ length: chunk.rowCount }, (_, row) => `${textAt(vector, row)}\n`);
    yield Buffer.from(lines.join(''));
  }
}
