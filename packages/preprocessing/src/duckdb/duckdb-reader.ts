import { availableParallelism } from 'node:os';
import type { ChunkReader, ReadOptions, TableSource, TypedChunk } from '../chunk-reader.js';
import { createCsvReader } from '../csv-reader.js';
import { readCsvThroughDuckdb } from './duckdb-csv.js';
import { readParquet } from './duckdb-parquet.js';
import { type DuckdbLimits, DuckdbSession } from './duckdb-session.js';
import { isAddress, loadRemoteSupport } from './remote-source.js';

/** More threads than four gain nothing: cleaning and features, in one thread of JavaScript, are then the limit. */
export const DUCKDB_DEFAULTS: DuckdbLimits = Object.freeze({
  threads: Math.min(4, availableParallelism()),
  memoryMb: 512,
});

/**
 * The {@link ChunkReader} for large files and for what the CSV reader cannot read: CSV, plain or compressed (`.gz`, `.zst`), and
 * Parquet (`.parquet`), on this machine or, where DuckDB's httpfs extension is installed, under an `https:` or `s3:` address. It
 * gives the rows, values and refusals of the CSV reader. Streams go to the CSV reader. Numbers and times come as typed arrays; a
 * text of more than 12 bytes costs a microsecond, so that a CSV file of long texts is read faster by the CSV reader.
 * @throws {PreprocessingError} BAD_OPTION for an impossible delimiter
 */
export function createDuckdbReader(options: Partial<DuckdbLimits> & { readonly delimiter?: string } = {}): ChunkReader {
  const { delimiter = ',', ...limits } = options;
  const csv = createCsvReader({ delimiter });
  return {
    name: 'duckdb',
    dialect: csv.dialect,
    read: (source, readOptions) =>
      typeof source === 'string'
        ? readThroughDuckdb(source, readOptions, delimiter, { ...DUCKDB_DEFAULTS, ...limits })
        : csv.read(source, readOptions),
  };
}

async function* readThroughDuckdb(
  file: Extract<TableSource, string>,
  options: ReadOptions,
  delimiter: string,
  limits: DuckdbLimits,
): AsyncGenerator<TypedChunk> {
  const session = await DuckdbSession.open(limits);
  try {
    if (isAddress(file)) await loadRemoteSupport(session, file);
    yield* isParquet(file)
      ? readParquet(session, file, options)
      : readCsvThroughDuckdb(session, file, options, delimiter);
  } finally {
    session.close();
  }
}

export function isParquet(file: string): boolean {
  return /\.(parquet|pq)(\?.*)?$/i.test(file);
}
