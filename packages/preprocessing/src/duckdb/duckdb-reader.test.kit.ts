import { DuckdbSession } from './duckdb-session.js';

/** Runs statements, to write files that only DuckDB can write. */
export async function runInDuckdb(...statements: readonly string[]): Promise<void> {
  const session = await DuckdbSession.open({ threads: 1, memoryMb: 256 });
  try {
    for (const sql of statements) await session.values(sql);
  } finally {
    session.close();
  }
}
