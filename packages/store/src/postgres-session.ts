import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { CommitMarks } from './commit-mark.js';
import { type PositionalStatement, toPostgresStatement, valuesOf } from './positional-statement.js';
import { POSTGRES } from './postgres-dialect.js';
import type { SqlSession, SqlValues } from './sql-database.js';

const LOCKS = {
  study: 'SELECT study_id FROM studies WHERE study_id = @id FOR UPDATE',
  trial: 'SELECT trial_id FROM trials WHERE trial_id = @id FOR UPDATE',
} as const;

/** A million trials take longer than an answer to one statement may otherwise take. */
const MANY_ROWS_MS = 600_000;

/** Whether statements are prepared, once for each connection. Not where a pooler gives each transaction another one. */
export interface Preparing {
  on: boolean;
}

/** To be prepared under its name. */
interface PostgresStatement extends PositionalStatement {
  readonly name: string;
}

const statements = new Map<string, PostgresStatement>();

function statementOf(sql: string): PostgresStatement {
  let statement = statements.get(sql);
  if (statement === undefined) {
    const positional = toPostgresStatement(sql);
    statement = { name: nameOf(positional.text), ...positional };
    statements.set(sql, statement);
  }
  return statement;
}

/** The same statement in every process: behind a pooler, one may come upon what another has prepared. */
function nameOf(text: string): string {
  return `assay_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

/** Statements on one connection. */
export class PostgresSession implements SqlSession {
  readonly url: string;
  readonly dialect = POSTGRES;
  readonly marks = new CommitMarks();
  readonly #client: PoolClient;
  readonly #preparing: Preparing;

  constructor(client: PoolClient, url: string, preparing: Preparing) {
    this.#client = client;
    this.url = url;
    this.#preparing = preparing;
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
    const query = { text: statement.text, values: [...valuesOf(statement, values)] };
    return this.#preparing.on ? { name: statement.name, ...query } : query;
  }
}
