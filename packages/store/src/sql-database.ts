import type { SqlDialect } from './sql-dialect.js';

/**
 * What a transaction must survive once it is acknowledged. `durable`: a power cut. `claim`: whoever made it, so a database
 * that dies with its writer need not wait for the disk, and one on another machine must. `lazy`: nothing; every process
 * sees it at once, and a killed process loses nothing, but a power cut may take it, up to the next durable one.
 */
export type Commit = 'durable' | 'claim' | 'lazy';

export type SqlValue = string | number | null;

/** By the names that the statement gives them (`@name`), or in the order of the names. */
export type SqlValues = Readonly<Record<string, SqlValue>> | readonly SqlValue[];

/** Statements of one transaction, one at a time: await each before the next. */
export interface SqlSession {
  /** The database's, for people. */
  readonly url: string;
  readonly dialect: SqlDialect;
  /**
   * Waits until no other transaction holds the row, and holds it until this one ends. Does nothing where a writing
   * transaction is alone anyway. To stay clear of deadlocks: a trial before its study, or the study alone.
   */
  lock(row: 'study' | 'trial', id: number): Promise<void>;
  /** The number of changed rows. */
  run(sql: string, values: SqlValues): Promise<number>;
  get<Row>(sql: string, values?: SqlValues): Promise<Row | undefined>;
  all<Row>(sql: string, values?: SqlValues): Promise<readonly Row[]>;
  /** Rows as arrays in the order of the columns, the cheapest way to many. Use them up before the next statement. */
  rows<Row>(sql: string, values: SqlValues): Promise<Iterable<Row>>;
  /** Several statements without values. */
  script(sql: string): Promise<void>;
}

/** A database that is open. All failures are `StoreError`s. */
export interface SqlDatabase {
  /** For people: passwords masked. */
  readonly url: string;
  /** Several queries on one state of the database. The body may run again when the connection was lost. */
  read<T>(body: (db: SqlSession) => Promise<T>): Promise<T>;
  /**
   * One transaction, undone when the body throws. The body may run again when the database certainly did not keep what it
   * did, so it must change nothing else, and must await nothing but the session.
   */
  write<T>(commit: Commit, body: (db: SqlSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
