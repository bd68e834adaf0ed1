import type { Readable } from 'node:stream';

/** A table to read: a path, or a stream under a name (standard input). A name ending in `.gz` is gunzipped. */
export type TableSource = string | { readonly name: string; readonly stream: Readable };

/** A column wanted from a table. The table may lack it when it is not required. */
export interface ColumnRequest {
  readonly name: string;
  readonly required: boolean;
}

/** A row that could not be split or parsed. */
export interface MalformedRow {
  /** 1-based line of the file on which the row begins. */
  readonly line: number;
  readonly reason: string;
}

/** Up to `chunkRows` rows of a table as text, column by column. Row i of every column began on line `lines[i]`. */
export interface TextChunk {
  readonly rows: number;
  /** In the order of the request; null where the table lacks an optional column. */
  readonly columns: readonly (readonly string[] | null)[];
  readonly lines: readonly number[];
  /** Rows between, before and after these that could not be split; they are no part of `rows`. */
  readonly malformed: readonly MalformedRow[];
  /** Bytes taken from the file so far (compressed bytes of a .gz). */
  readonly bytesRead: number;
}

export interface ReadOptions {
  readonly columns: readonly ColumnRequest[];
  readonly chunkRows: number;
  readonly signal?: AbortSignal;
}

/**
 * Streams a table as chunks of text. Every chunk holds exactly `chunkRows` rows, the last one the rest, so the rows do not
 * depend on how the bytes arrive. Blank lines are no rows. A broken row becomes a {@link MalformedRow} and reading goes on.
 */
export interface ChunkReader {
  /** Says which reader this is and how it is set; part of the cache key of prepared data. */
  readonly name: string;
  /** @throws {PreprocessingError} while iterating: FILE_NOT_FOUND, NOT_A_FILE, FILE_UNREADABLE, EMPTY_FILE, NO_ROWS, BINARY_FILE, BAD_GZIP, BAD_HEADER, MISSING_COLUMN */
  read(source: TableSource, options: ReadOptions): AsyncIterable<TextChunk>;
}
