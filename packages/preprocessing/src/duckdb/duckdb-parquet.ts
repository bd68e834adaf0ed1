import { open } from 'node:fs/promises';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { MalformedRow, ReadOptions, TypedChunk } from '../chunk-reader.js';
import { locateColumns } from '../locate-columns.js';
import { UNPARSABLE } from '../number-grammar.js';
import { PreprocessingError } from '../preprocessing-error.js';
import { statRegularFile } from '../regular-file.js';
import { noRows } from '../table-errors.js';
import type { ColumnSpec } from '../table-recipe.js';
import { cellParser, inRowOrder, refusal } from '../type-columns.js';
import { type RowBlock, TypedChunkBuilder } from '../typed-chunk-builder.js';
import { DuckdbSession } from './duckdb-session.js';
import { type ParquetColumn, parquetOf, parquetQuery } from './parquet-query.js';
import { isAddress } from './remote-source.js';
import { numbersOf, textAt, textsOf } from './vector-cells.js';

const MAGIC = 'PAR1';

/**
 * Reads the declared columns of a Parquet file. A Parquet file has no lines: the line of a row is its number, from 1.
 * @throws {PreprocessingError} FILE_NOT_FOUND, NOT_A_FILE, FILE_UNREADABLE, EMPTY_FILE, BAD_PARQUET, BAD_HEADER, MISSING_COLUMN,
 *   WRONG_TYPE, NO_ROWS
 */
export async function* readParquet(
  session: DuckdbSession,
  file: string,
  { columns, chunkRows, signal }: ReadOptions,
): AsyncGenerator<TypedChunk> {
  const bytes = isAddress(file) ? 0 : await checkedBytes(file);
  const stored = await storedColumns(session, file);
  const positions = locateColumns(
    stored.map(({ name }) => name),
    columns,
    file,
  );
  const query = parquetQuery(file, columns, stored, positions);
  const builder = new TypedChunkBuilder(columns, chunkRows);
  let row = 0;
  try {
    for await (const chunk of session.chunks(query, signal)) {
      const block = rowBlock(chunk, columns, positions, row);
      const bytesRead = Math.round(bytes * session.progress());
      for (let at = 0; at < chunk.rowCount; ) {
        const stop = Math.min(chunk.rowCount, at + builder.room);
        const filled = builder.append(block, at, stop);
        at = stop;
        if (filled !== undefined) yield { ...filled, bytesRead };
      }
      row += chunk.rowCount;
    }
  } catch (error) {
    throw signal?.aborted || error instanceof PreprocessingError ? error : damaged(file, error);
  }
  const rest = builder.takeRest();
  if (rest !== undefined) yield { ...rest, bytesRead: bytes };
  if (!builder.sawRows) throw noRows(file);
}

/**
 * The names of a Parquet file's columns.
 * @throws {PreprocessingError} what {@link readParquet} throws
 */
export async function parquetColumns(file: string): Promise<readonly string[]> {
  await checkedBytes(file);
  const session = await DuckdbSession.open({ threads: 1, memoryMb: 256 });
  try {
    return (await storedColumns(session, file)).map(({ name }) => name);
  } finally {
    session.close();
  }
}

/** A file that is cut off lacks the footer, which is where Parquet keeps everything that says what it holds. */
async function checkedBytes(file: string): Promise<number> {
  const size = Number((await statRegularFile(file)).size);
  const handle = await open(file, 'r');
  try {
    const ends = Buffer.alloc(8);
    await handle.read(ends, 0, 4, 0);
    await handle.read(ends, 4, 4, Math.max(0, size - 4));
    const [head, tail] = [ends.toString('latin1', 0, 4), ends.toString('latin1', 4)];
    if (head === MAGIC && tail === MAGIC && size > 12) return size;
    const problem = head === MAGIC ? 'the Parquet data end too early' : 'this is no Parquet file';
    throw new PreprocessingError('BAD_PARQUET', problem, {
      file,
      expected: 'a complete Parquet file',
      hint: 'Fetch or write it again',
    });
  } finally {
    await handle.close();
  }
}

async function storedColumns(session: DuckdbSession, file: string): Promise<readonly ParquetColumn[]> {
  try {
    const rows = await session.values(`DESCRIBE SELECT * FROM ${parquetOf(file)}`);
    return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
  } catch (error) {
    throw damaged(file, error);
  }
}

function damaged(file: string, cause: unknown): PreprocessingError {
  const reason = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
  return new PreprocessingError('BAD_PARQUET', `DuckDB cannot read it (${reason})`, {
    file,
    expected: 'a complete Parquet file',
    cause,
  });
}

/** @param before rows of the file before the chunk */
function rowBlock(
  chunk: DuckDBDataChunk,
  specs: readonly ColumnSpec[],
  positions: readonly number[],
  before: number,
): RowBlock {
  const unparsable = new Map<number, MalformedRow>();
  const lineOf = (row: number): number => before + row + 1;
  let next = 0;
  const columns = specs.map((spec, i) => {
    if (positions[i]! < 0) return null;
    const vector = chunk.getColumnVector(next++);
    if (spec.type === 'text') return textsOf(vector, chunk.rowCount);
    const texts = chunk.getColumnVector(next++);
    const values = numbersOf(vector).slice();
    const parse = cellParser({ ...spec, type: spec.type });
    for (let row = 0; row < values.length; row++) {
      if (values[row] !== UNPARSABLE) continue;
      const cell = textAt(texts, row);
      values[row] = parse(cell);
      if (values[row] !== UNPARSABLE || unparsable.has(row)) continue;
      unparsable.set(row, {
        line: lineOf(row),
        reason: `${refusal(spec, cell)} (row ${lineOf(row)} of a Parquet file)`,
      });
    }
    return values;
  });
  return { columns, lineOf, unparsable: inRowOrder(unparsable) };
}
