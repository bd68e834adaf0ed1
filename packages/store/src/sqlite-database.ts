import { StoreError } from '@assay/study';
import Database from 'better-sqlite3';
import { databaseError } from './database-error.js';
import { type PositionalStatement, toSqliteStatement, valuesOf } from './positional-statement.js';
import type { Commit, SqlDatabase, SqlSession, SqlValues } from './sql-database.js';
import { SQLITE } from './sqlite-dialect.js';

/**
 * Viewers that read a copy of one file see nothing of the write-ahead log: it is folded in when nothing happens. Leases of
 * long trials are renewed less often than this, so it happens while they run.
 */
const IDLE_CHECKPOINT_MS = 2_000;

/** How a transaction waits for the disk. A claim need not: a power cut takes its process too. */
const SYNCHRONOUS = { durable: 'FULL', claim: 'NORMAL', lazy: 'NORMAL' } as const satisfies Record<Commit, string>;

/**
 * Transactions of all connections in this thread take turns: the engine runs in it too, so a connection that waited for
 * another one's lock would keep that one from ever giving it back.
 */
let lastTurn: Promise<unknown> = Promise.resolve();

function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = lastTurn.then(work);
  lastTurn = turn.catch(() => undefined); // whoever made it is told
  return turn;
}

interface PreparedStatement extends PositionalStatement {
  readonly statement: Database.Statement<unknown[]>;
}

const NO_VALUES: SqlValues = [];

/**
 * One connection in WAL mode: prepared statements, immediate transactions, checkpoints. A statement's promise is settled
 * when it is made, so a transaction never waits for anything but other processes.
 */
export class SqliteDatabase implements SqlDatabase {
  readonly url: string;
  readonly #busyTimeoutMs: number;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, PreparedStatement>();
  readonly #session: SqlSession;
  #synchronous: string | null = null;
  #checkpointTimer: NodeJS.Timeout | null = null;

  /**
   * @param busyTimeoutMs how long a statement waits for another process
   * @throws {StoreError} `DATABASE_FAILED`
   */
  constructor(path: string, url: string, busyTimeoutMs: number) {
    this.url = url;
    this.#busyTimeoutMs = busyTimeoutMs;
    this.#database = this.#translating(() => new Database(path, { timeout: busyTimeoutMs }));
    this.#session = this.#newSession();
  }

  /** Nothing here waits: the promises are for databases that are elsewhere. */
  #newSession(): SqlSession {
    return {
      url: this.url,
      dialect: SQLITE,
      lock: () => Promise.resolve(), // BEGIN IMMEDIATE holds the whole database
      run: async (sql, values) => {
        const prepared = this.#prepare(sql);
        return prepared.statement.run(valuesOf(prepared, values)).changes;
      },
      get: async <Row>(sql: string, values: SqlValues = NO_VALUES) => {
        const prepared = this.#prepare(sql);
        return prepared.statement.get(valuesOf(prepared, values)) as Row | undefined;
      },
      all: async <Row>(sql: string, values: SqlValues = NO_VALUES) => {
        const prepared = this.#prepare(sql);
        return prepared.statement.all(valuesOf(prepared, values)) as Row[];
      },
      rows: async <Row>(sql: string, values: SqlValues) => {
        const prepared = this.#prepare(sql);
        return prepared.statement.raw().iterate(valuesOf(prepared, values)) as IterableIterator<Row>;
      },
      script: async (sql) => void this.#database.exec(sql),
    };
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

  read<T>(body: (db: SqlSession) => Promise<T>): Promise<T> {
    return takeTurn(() => this.#transaction('BEGIN', body));
  }

  /** Holds the write lock from its first statement. */
  write<T>(commit: Commit, body: (db: SqlSession) => Promise<T>): Promise<T> {
    return takeTurn(async () => {
      this.#requireOpen();
      this.#synchronize(SYNCHRONOUS[commit]);
      const result = await this.#transaction('BEGIN IMMEDIATE', body);
      this.#checkpointLater();
      return result;
    });
  }

  #synchronize(mode: string): void {
    if (this.#synchronous === mode) return;
    this.#database.exec(`PRAGMA synchronous = ${mode}`);
    this.#synchronous = mode;
  }

  async #transaction<T>(begin: string, body: (db: SqlSession) => Promise<T>): Promise<T> {
    this.#requireOpen();
    try {
      this.#prepare(begin).statement.run();
      const result = await body(this.#session);
      this.#prepare('COMMIT').statement.run();
      return result;
    } catch (error) {
      if (this.#database.inTransaction) this.#prepare('ROLLBACK').statement.run(); // SQLite itself rolls back on a full disk
      throw databaseError(error, this.url);
    }
  }

  close(): Promise<void> {
    return takeTurn(async () => {
      if (!this.#database.open) return;
      if (this.#checkpointTimer !== null) clearTimeout(this.#checkpointTimer);
      this.#tryCheckpoint();
      this.#database.close();
    });
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

  #prepare(sql: string): PreparedStatement {
    let prepared = this.#statements.get(sql);
    if (prepared === undefined) {
      const positional = toSqliteStatement(sql);
      prepared = { ...positional, statement: this.#database.prepare<unknown[]>(positional.text) };
      this.#statements.set(sql, prepared);
    }
    return prepared;
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
