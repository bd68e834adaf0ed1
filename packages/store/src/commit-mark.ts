import { randomUUID } from 'node:crypto';
import type { SqlSession } from './sql-database.js';

/** One row for each connection, rewritten by every transaction that must not be run twice. */
const SET_MARK = `INSERT INTO assay_commits (connection, number, committed_ms) VALUES (@connection, @number, @nowMs)
  ON CONFLICT (connection) DO UPDATE SET number = excluded.number, committed_ms = excluded.committed_ms`;

/** Waits for the transaction that may still hold the row, whether that has made it or only changed it. */
const READ_MARK = `INSERT INTO assay_commits (connection, number, committed_ms) VALUES (@connection, 0, @nowMs)
  ON CONFLICT (connection) DO UPDATE SET committed_ms = excluded.committed_ms RETURNING number`;

const DROP_OLD_MARKS = 'DELETE FROM assay_commits WHERE committed_ms < @beforeMs';

/** Connections ask within minutes. */
const KEPT_MS = 86_400_000;

/** What a transaction leaves behind, so that one whose COMMIT got no answer can be told from one that never happened. */
export interface CommitMark {
  readonly connection: string;
  readonly number: number;
}

/** The marks of one connection. */
export class CommitMarks {
  readonly #connection = randomUUID();
  #number = 0;

  /** At the end of a transaction. */
  async set(db: SqlSession): Promise<CommitMark> {
    const nowMs = Date.now();
    if (this.#number === 0) await db.run(DROP_OLD_MARKS, { beforeMs: nowMs - KEPT_MS });
    const mark = { connection: this.#connection, number: ++this.#number };
    await db.run(SET_MARK, { ...mark, nowMs });
    return mark;
  }
}

/** On another connection than the mark's, and in a transaction of its own. */
export async function wasCommitted(db: SqlSession, { connection, number }: CommitMark): Promise<boolean> {
  const row = await db.get<{ number: number }>(READ_MARK, { connection, nowMs: Date.now() });
  return row !== undefined && row.number >= number;
}
