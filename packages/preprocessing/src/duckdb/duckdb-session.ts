import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBResult } from '@duckdb/node-api';
import { PreprocessingError } from '../preprocessing-error.js';

/** What DuckDB may use. Its own limit of memory does not count what it hands over, about 100 MB. */
export interface DuckdbLimits {
  readonly threads: number;
  readonly memoryMb: number;
}

/** What DuckDB computes ahead while its reader works on what it took before. */
const AHEAD = '12MB';
/** Most chunks that are taken at once. Those that DuckDB computes as fast as they are taken are small: below 0.2 MB. */
const TAKEN_AT_ONCE = 128;
/** A chunk that DuckDB has computed already comes within some 0.1 ms. */
const AT_HAND_MS = 1;

/** A DuckDB in memory with one connection. Every call is awaited before the next, so closing never meets a running one. */
export class DuckdbSession {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** @throws {PreprocessingError} READER_UNAVAILABLE where DuckDB's native library cannot be loaded */
  static async open({ threads, memoryMb }: DuckdbLimits): Promise<DuckdbSession> {
    const { DuckDBInstance } = loadDuckdb();
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(threads),
      memory_limit: `${memoryMb}MB`,
      preserve_insertion_order: 'true',
      // Nothing here needs to sort or gather rows, so nothing is written to disk.
      temp_directory: '',
      // Nothing is fetched from DuckDB's servers unasked.
      autoinstall_known_extensions: 'false',
    });
    const session = new DuckdbSession(instance, await instance.connect());
    await session.values(`SET streaming_buffer_size = '${AHEAD}'`);
    await session.values('SET enable_progress_bar = true; SET enable_progress_bar_print = false');
    return session;
  }

  /** Runs a statement and gives the values of its rows. */
  async values(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.#connection.run(sql)).getRows();
  }

  /**
   * Streams a result in the order of its rows. DuckDB computes until its buffer is full, and goes on when it is empty: so all that it
   * has is taken at once, to be worked on while DuckDB computes the next.
   */
  async *chunks(sql: string, signal?: AbortSignal): AsyncGenerator<DuckDBDataChunk> {
    signal?.throwIfAborted();
    const result = await this.#connection.stream(sql);
    let next = fetchChunk(result);
    try {
      for (let isLast = false; !isLast; ) {
        const taken: DuckDBDataChunk[] = [];
        do {
          const chunk = await next;
          isLast = chunk === null;
          if (chunk === null) break;
          taken.push(chunk);
          next = fetchChunk(result);
        } while (taken.length < TAKEN_AT_ONCE && (await isAtHand(next)));
        for (const chunk of taken) {
          signal?.throwIfAborted();
          yield chunk;
        }
      }
    } finally {
      await next.catch(() => undefined); // was thrown above, or nobody wants that chunk any more
    }
  }

  /** How much of the running query is done, 0 to 1; 0 while DuckDB cannot tell. */
  progress(): number {
    return Math.min(1, Math.max(0, this.#connection.progress.percentage / 100));
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** The next chunk, null behind the last. Its error is thrown where it is awaited, which may be later. */
function fetchChunk(result: DuckDBResult): Promise<DuckDBDataChunk | null> {
  const fetched = result.fetchChunk().then((chunk) => (chunk !== null && chunk.rowCount > 0 ? chunk : null));
  fetched.catch(() => undefined); // thrown where it is awaited
  return fetched;
}

function isAtHand(chunk: Promise<unknown>): Promise<boolean> {
  const settled = chunk.then(
    () => true,
    () => false,
  );
  return Promise.race([settled, setTimeout(AT_HAND_MS, false)]);
}

/** Whether DuckDB's native library can be loaded on this machine. */
export function isDuckdbHere(): boolean {
  try {
    loadDuckdb();
    return true;
  } catch {
    return false;
  }
}

/** As the CommonJS that it is: before `import` runs such a package, it looks through all its files for what they export, for as long again. */
function loadDuckdb(): typeof import('@duckdb/node-api') {
  try {
    return createRequire(import.meta.url)('@duckdb/node-api') as typeof import('@duckdb/node-api');
  } catch (cause) {
    throw new PreprocessingError('READER_UNAVAILABLE', 'DuckDB cannot be loaded on this machine', {
      hint: 'CSV files can be read without it: --reader csv',
      cause,
    });
  }
}
