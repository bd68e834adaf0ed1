import type { PoolClient } from 'pg';
import { CommitMarks } from './commit-mark.js';
import { POSTGRES } from './postgres-dialect.js';
import { type PostgresStatement, toPostgresStatement, valuesOf } from './postgres-statement.js';
import type { SqlSession, SqlValues } from './sql-database.js';

const LOCKS = {
  study: 'SELECT study_id FROM studies WHERE study_id = @id FOR UPDATE',
  trial: 'SELECT trial_id FROM trials WHERE trial_id = @id FOR UPDATE',
} as const;

/** A million trials take longer than an answer to one statement may otherwise take. */
const MANY_ROWS_MS = 600_000;

/** Names of prepared statements: the same for all connections. */
const statements = new Map<string, PostgresStatement>();

function statementOf(sql: string): PostgresStatement {
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = toPostgresStatement(sql, `assay_${statements.size}`);
    statements.set(sql, statement);
  }
  return statement;
}

/** Statements on one connection. */
export class PostgresSession implements SqlSession {
  readonly url: string;
  readonly dialect = POSTGRES;
  readonly marks = new CommitMarks();
  readonly #client: PoolClient;

  constructor(client: PoolClient, url: string) {
    this.#client = client;
    this.url = url;
  }

  async lock(row: 'study' | 'trial', id: number): Promise<void> {
    await this.run(LOCKS[row], { id });
  }

  async run(sql: string, values: SqlValues): Promise<number> {
    return (await this.#query(sql, values)).rowCount ?? 0;
  }

  async get<Row>(sql: string, values: SqlValues = {}): Promise<Row | undefined> {
    return (await this.all<Row>(sql, values))[0];
  }

  async all<Row>(sql: string, values: SqlValues = {}): Promise<readonly Row[]> {
    return (await this.#query(sql, values)).rows as Row[];
  }

  async rows<Row>(sql: string, values: SqlValues): Promise<readonly Row[]> {
    const query = { ...this.#queryOf(sql, values), rowMode: 'array', query_timeout: MANY_ROWS_MS } as const;
    return (await this.#client.query(query)).rows as Row[];
  }

  async script(sql: string): Promise<void> {
    await this.#client.query(sql);
  }

  #query(sql: string, values: SqlValues) {
    return this.#client.query<object>(this.#queryOf(sql, values));
  }

  #queryOf(sql: string, values: SqlValues) {
    const statement = statementOf(sql);
    return { name: statement.name, text: statement.text, values: valuesOf(statement, values) };
  }
}
