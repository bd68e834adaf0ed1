import type { Readable } from 'node:stream';
import type { ColumnSpec } from './table-recipe.js';
import type { TypedTable } from './typed-table.js';

/** A table to read: a path, or a stream under a name (standard input). A name ending in `.gz` or `.zst` is unpacked. */
export type TableSource = string | { readonly name: string; readonly stream: Readable };

/** A row that could not be split or parsed. */
export interface MalformedRow {
  /** 1-based line of the file on which the row begins. */
  readonly line: number;
  readonly reason: string;
}

/** Up to `chunkRows` rows of a table, and up to `chunkRows` malformed ones. */
export interface TypedChunk {
  /** The columns asked for, in that order; all missing where the file lacks an optional one. */
  readonly table: TypedTable;
  /** Rows whose text is outside the grammar of one of their columns; the table holds nonsense there. By row, ascending. */
  readonly unparsable: ReadonlyMap<number, MalformedRow>;
  /** Rows between, before and after these that could not be split; they are no part of the table. */
  readonly malformed: readonly MalformedRow[];
  /** 1-based line of the file on which a row of the table begins. */
  readonly lineOf: (row: number) => number;
  /** Bytes taken from the file so far (compressed bytes of a .gz). */
  readonly bytesRead: number;
}

export interface ReadOptions {
  /** What to read. The file may lack an optional column. */
  readonly columns: readonly ColumnSpec[];
  readonly chunkRows: number;
  readonly signal?: AbortSignal;
}

/**
 * Streams a table as typed columns. A chunk ends with its `chunkRows`th row, or its `chunkRows`th malformed one, the last one with
 * the table, so the rows do not depend on how the bytes arrive. Blank lines are no rows. A broken row becomes a {@link MalformedRow} and reading goes on.
 */
export interface ChunkReader {
  /** Which reader this is. */
  readonly name: string;
  /** How it is set to read text. Part of the cache key of prepared data: readers of one dialect give the same rows. */
  readonly dialect: string;
  /** @throws {PreprocessingError} while iterating: FILE_NOT_FOUND, NOT_A_FILE, FILE_UNREADABLE, EMPTY_FILE, NO_ROWS, BINARY_FILE, BAD_GZIP, BAD_ZSTD, BAD_PARQUET, READER_UNAVAILABLE, BAD_HEADER, MISSING_COLUMN, WRONG_TYPE */
  read(source: TableSource, options: ReadOptions): AsyncIterable<TypedChunk>;
}
