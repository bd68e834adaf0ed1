import { StoreError } from '@assay/study';
import Database from 'better-sqlite3';
import { databaseError } from './database-error.js';

/**
 * Viewers that read a copy of one file see nothing of the write-ahead log: it is folded in when nothing happens. Leases of
 * long trials are renewed less often than this, so it happens while they run.
 */
const IDLE_CHECKPOINT_MS = 2_000;

/**
 * How a transaction is committed: `durable` waits until the disk has it (`synchronous=FULL`); `lazy` does not: every
 * process sees it at once and a killed process loses nothing, but a power cut may take it, up to the next durable one.
 */
export type Commit = 'durable' | 'lazy';

export type SqlValue = string | number | null;
export type SqlValues = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

/** One connection in WAL mode: prepared statements, immediate transactions, checkpoints; failures become `StoreError`s. */
export class SqliteConnection {
  readonly url: string;
  readonly #busyTimeoutMs: number;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[]>>();
  #synchronous: Commit | null = null;
  #checkpointTimer: NodeJS.Timeout | null = null;

  /**
   * @param busyTimeoutMs how long a statement waits for another process
   * @throws {StoreError} `DATABASE_FAILED`
   */
  constructor(path: string, url: string, busyTimeoutMs: number) {
    this.url = url;
    this.#busyTimeoutMs = busyTimeoutMs;
    this.#database = this.#translating(() => new Database(path, { timeout: busyTimeoutMs }));
  }

  /** Switches to the write-ahead log; the file stays so. */
  useWriteAheadLog(): void {
    const deadline = Date.now() + this.#busyTimeoutMs;
    while (!this.#translating(() => this.#tryWriteAheadLog(deadline))) sleep(20);
  }

  /** Unlike any other statement, this one fails at once when another process is at it: the busy timeout does not apply. */
  #tryWriteAheadLog(deadline: number): boolean {
    try {
      this.#database.pragma('journal_mode = WAL');
      return true;
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY') && Date.now() < deadline)
        return false;
      throw error;
    }
  }

  /** Runs a script of several statements, inside of `write`. */
  execute(script: string): void {
    this.#database.exec(script);
  }

  /** The number of changed rows. */
  run(sql: string, values: SqlValues): number {
    return this.#statement(sql).run(values).changes;
  }

  get<Row>(sql: string, values: SqlValues = []): Row | undefined {
    return this.#statement(sql).get(values) as Row | undefined;
  }

  all<Row>(sql: string, values: SqlValues = []): Row[] {
    return this.#statement(sql).all(values) as Row[];
  }

  /** Rows as arrays, in the order of the columns, one at a time: the cheapest way to many. Ask nothing else meanwhile. */
  rows<Row>(sql: string, values: readonly SqlValue[]): IterableIterator<Row> {
    return this.#statement(sql).raw().iterate(values) as IterableIterator<Row>;
  }

  /** Several queries on one state of the database. */
  read<T>(body: () => T): T {
    return this.#transaction('BEGIN', body);
  }

  /** One transaction, which holds the write lock from its first statement; undone when the body throws. */
  write<T>(commit: Commit, body: () => T): T {
    this.#requireOpen();
    if (this.#synchronous !== commit) {
      this.#database.pragma(`synchronous = ${commit === 'durable' ? 'FULL' : 'NORMAL'}`);
      this.#synchronous = commit;
    }
    const result = this.#transaction('BEGIN IMMEDIATE', body);
    this.#checkpointLater();
    return result;
  }

  #transaction<T>(begin: string, body: () => T): T {
    this.#requireOpen();
    return this.#translating(() => {
      this.#statement(begin).run();
      try {
        const result = body();
        this.#statement('COMMIT').run();
        return result;
      } catch (error) {
        if (this.#database.inTransaction) this.#statement('ROLLBACK').run(); // SQLite itself rolls back on a full disk
        throw error;
      }
    });
  }

  close(): void {
    if (!this.#database.open) return;
    if (this.#checkpointTimer !== null) clearTimeout(this.#checkpointTimer);
    this.#tryCheckpoint();
    this.#database.close();
  }

  #checkpointLater(): void {
    if (this.#checkpointTimer !== null) this.#checkpointTimer.refresh();
    else this.#checkpointTimer = setTimeout(() => this.#checkpointIdle(), IDLE_CHECKPOINT_MS).unref();
  }

  #checkpointIdle(): void {
    if (!this.#tryCheckpoint()) this.#checkpointLater();
  }

  /** Moves the log into the file. False when another process is at it just now, since this waits for nobody. */
  #tryCheckpoint(): boolean {
    this.#database.pragma('busy_timeout = 0');
    try {
      return this.#database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
    } catch {
      return false; // nothing is lost: the log keeps it all, and the next write reports a disk in trouble
    } finally {
      this.#database.pragma(`busy_timeout = ${this.#busyTimeoutMs}`);
    }
  }

  #statement(sql: string): Database.Statement<unknown[]> {
    const prepared = this.#statements.get(sql);
    if (prepared !== undefined) return prepared;
    const statement = this.#database.prepare<unknown[]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #requireOpen(): void {
    if (!this.#database.open) throw new StoreError('STORE_CLOSED', `${this.url} has been closed; open it again`);
  }

  #translating<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      throw databaseError(error, this.url);
    }
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
