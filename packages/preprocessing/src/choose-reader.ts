import { stat } from 'node:fs/promises';
import type { ChunkReader } from './chunk-reader.js';
import { createCsvReader } from './csv-reader.js';
import { createDuckdbReader, isParquet } from './duckdb/duckdb-reader.js';
import { isDuckdbHere } from './duckdb/duckdb-session.js';
import { isAddress } from './duckdb/remote-source.js';
import { canReadZstd } from './line-blocks.js';

/** Which reader is to read the tables: a certain one, or the one that suits them. */
export type ReaderChoice = 'auto' | 'csv' | 'duckdb';

export const READER_CHOICES: readonly ReaderChoice[] = Object.freeze(['auto', 'csv', 'duckdb']);

export interface ChosenReader {
  /** One clause for people, such as `rides.parquet is Parquet`. */
  readonly why: string;
  readonly reader: ChunkReader;
}

/** DuckDB takes 50 ms to start and 300 MB of memory: half a million taxi rows are worth it, less is not. */
export const LARGE_BYTES = 50_000_000;

/** Picks the reader for some files. Whatever it picks, the rows, values and refusals are the same. */
export async function chooseReader(
  choice: ReaderChoice,
  files: readonly { readonly path: string; readonly bytes: number }[],
): Promise<ChosenReader> {
  if (choice === 'csv') return csv('it was asked for');
  if (choice === 'duckdb') return duckdb('it was asked for');
  const foreign = files.map(({ path }) => onlyForDuckdb(path)).find((why) => why !== undefined);
  if (foreign !== undefined) return duckdb(foreign);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const megabytes = (total / 1e6).toFixed(1);
  if (total < LARGE_BYTES) return csv(`little CSV: ${megabytes} MB`);
  if (!isDuckdbHere()) return csv('DuckDB cannot be loaded on this machine');
  return duckdb(`much CSV: ${megabytes} MB`);
}

/** The reader that picks anew for every file it is given. */
export function createAutoReader(): ChunkReader {
  const csvReader = createCsvReader();
  return {
    name: 'auto',
    dialect: csvReader.dialect,
    async *read(source, options) {
      if (typeof source !== 'string') yield* csvReader.read(source, options);
      else
        yield* (await chooseReader('auto', [{ path: source, bytes: await bytesOf(source) }])).reader.read(
          source,
          options,
        );
    },
  };
}

/** 0 for what is no file here: an address, or a path about which the reader will say what is wrong. */
async function bytesOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function csv(why: string): ChosenReader {
  return { why, reader: createCsvReader() };
}

function duckdb(why: string): ChosenReader {
  return { why, reader: createDuckdbReader() };
}

function onlyForDuckdb(path: string): string | undefined {
  if (isParquet(path)) return `${path} is Parquet`;
  if (isAddress(path)) return `${path} is an address`;
  return path.endsWith('.zst') && !canReadZstd ? `Node ${process.version} cannot decompress ${path}` : undefined;
}
