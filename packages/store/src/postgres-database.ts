import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '@assay/study';
import { Pool, type PoolClient, types } from 'pg';
import { type CommitMark, wasCommitted } from './commit-mark.js';
import { isConflict, isConnectionLost, isPooled, isStarting, postgresError } from './postgres-error.js';
import { PostgresSession, type Preparing } from './postgres-session.js';
import type { Commit, SqlDatabase, SqlSession } from './sql-database.js';

/** A process runs few trials at once, and a server has about a hundred connections for all of them. */
const CONNECTIONS = 4;

const CONNECT_MS = 10_000;

/**
 * A transaction whose process was cut off must not hold its study's row for longer than others are ready to wait; and times
 * are read in one format only, whatever the server's.
 */
const SETTINGS = `SET LOCAL idle_in_transaction_session_timeout = 10000; SET LOCAL datestyle = 'ISO'`;

const BEGIN_READ = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${SETTINGS}`;

/** Conflicts end when the other transaction does; one that comes back this often is a mistake of ours. */
const CONFLICT_ATTEMPTS = 6;

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** What `pg` gives as text although a number holds it, and as a local time although it is UTC. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [types.builtins.INT8]: Number,
  [types.builtins.TIMESTAMP]: String,
};

/** For the mark of a transaction that the server may still hold open: it ends by the setting above. */
const BEGIN_LOOK = `BEGIN ISOLATION LEVEL READ COMMITTED; ${SETTINGS}; SET LOCAL lock_timeout = 0`;

export interface PostgresOptions {
  /** What `pg` connects to. */
  readonly connection: string;
  /** For people: the same, its password masked. */
  readonly url: string;
  /** How long a statement waits for another transaction's lock. */
  readonly lockTimeoutMs: number;
  /** After this long without an answer to a statement, longer than a lock may take, the connection is taken for lost. */
  readonly answerTimeoutMs: number;
  /** How long a transaction is tried again while the server cannot be reached. */
  readonly patienceMs: number;
}

/** A COMMIT without an answer: only another connection can say what became of the transaction. */
class UnknownCommit<T> extends Error {
  readonly mark: CommitMark;
  readonly result: T;

  constructor(mark: CommitMark, result: T, cause: unknown) {
    super('the connection was lost during COMMIT', { cause });
    this.mark = mark;
    this.result = result;
  }
}

/**
 * A few connections to a server. Transactions that the server certainly did not keep are run again, with growing pauses
 * while it is away; one that was cut off in its COMMIT is looked up first (`commit-mark.ts`).
 */
export class PostgresDatabase implements SqlDatabase {
  readonly url: string;
  readonly #options: PostgresOptions;
  readonly #pool: Pool;
  readonly #sessions = new WeakMap<PoolClient, PostgresSession>();
  readonly #preparing: Preparing = { on: true };
  #closed = false;

  /** Connects only when it is used. */
  constructor(options: PostgresOptions) {
    this.url = options.url;
    this.#options = options;
    this.#pool = new Pool({
      connectionString: options.connection,
      application_name: 'assay',
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: options.answerTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: CONNECT_MS,
      allowExitOnIdle: true,
      types: { getTypeParser: (oid: number, format) => PARSERS[oid] ?? types.getTypeParser(oid, format) },
    });
    // A connection has gone: whoever uses it is told, and otherwise the pool makes another one.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /**
   * Waits only for a server that is just starting: a mistyped host is told at once.
   * @throws {StoreError} `DATABASE_FAILED`
   */
  async connect(): Promise<void> {
    await this.#persist(async () => (await this.#pool.connect()).release(), isStarting);
  }

  read<T>(body: (db: SqlSession) => Promise<T>): Promise<T> {
    return this.#persist(() => this.#transaction(BEGIN_READ, body));
  }

  write<T>(commit: Commit, body: (db: SqlSession) => Promise<T>): Promise<T> {
    // Reports, rungs and renewals may be run twice, and a crash of the server may take them.
    if (commit === 'lazy') {
      return this.#persist(() => this.#transaction(this.#beginWrite('SET LOCAL synchronous_commit = off'), body));
    }
    return this.#writeOnce(body);
  }

  #beginWrite(setting = ''): string {
    const lockTimeout = `SET LOCAL lock_timeout = ${this.#options.lockTimeoutMs}`;
    return `BEGIN ISOLATION LEVEL READ COMMITTED; ${SETTINGS}; ${lockTimeout}; ${setting}`;
  }

  #writeOnce<T>(body: (db: SqlSession) => Promise<T>): Promise<T> {
    let unknown: UnknownCommit<T> | null = null;
    return this.#persist(async () => {
      if (unknown !== null) {
        const { mark, result } = unknown;
        if (await this.#transaction(BEGIN_LOOK, (db) => wasCommitted(db, mark))) return result;
        unknown = null;
      }
      try {
        return await this.#transaction(this.#beginWrite(), body, 'marked');
      } catch (error) {
        if (error instanceof UnknownCommit) {
          unknown = error as UnknownCommit<T>;
          throw error.cause;
        }
        throw error;
      }
    });
  }

  async #transaction<T>(begin: string, body: (db: SqlSession) => Promise<T>, marked?: 'marked'): Promise<T> {
    const client = await this.#pool.connect();
    const session = this.#sessionOf(client);
    let committing: { readonly mark: CommitMark; readonly result: T } | null = null;
    try {
      await client.query(begin);
      const result = await body(session);
      if (marked) committing = { mark: await session.marks.set(session), result };
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      const lost = isConnectionLost(error) || !(await rolledBack(client));
      client.release(lost);
      if (lost && committing !== null) throw new UnknownCommit(committing.mark, committing.result, error);
      throw error;
    }
  }

  #sessionOf(client: PoolClient): PostgresSession {
    let session = this.#sessions.get(client);
    if (session === undefined) {
      session = new PostgresSession(client, this.url, this.#preparing);
      this.#sessions.set(client, session);
    }
    return session;
  }

  /** Tries until it succeeds, fails for good, or patience is at an end. */
  async #persist<T>(attempt: () => Promise<T>, isTransient = isConnectionLost): Promise<T> {
    const startedMs = Date.now();
    for (let attempts = 1; ; attempts++) {
      this.#requireOpen();
      try {
        return await attempt();
      } catch (error) {
        const waitedMs = Date.now() - startedMs;
        if (isPooled(error)) this.#preparing.on = false;
        const isWorthAnother = isConflict(error)
          ? attempts < CONFLICT_ATTEMPTS
          : isTransient(error) && waitedMs < this.#options.patienceMs;
        if (!isWorthAnother) {
          const tried = attempts === 1 ? '' : ` after ${attempts} attempts in ${Math.round(waitedMs / 1000)} s`;
          throw postgresError(error, this.url, tried);
        }
        await sleep(pauseMs(attempts));
      }
    }
  }

  #requireOpen(): void {
    if (this.#closed) throw new StoreError('STORE_CLOSED', `${this.url} has been closed; open it again`);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }
}

/** Exponential, with jitter: the processes of a study do not all come back in the same moment. */
function pauseMs(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1)) * (0.5 + Math.random() / 2);
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false; // whoever throws knows why; the connection is thrown away
  }
}
