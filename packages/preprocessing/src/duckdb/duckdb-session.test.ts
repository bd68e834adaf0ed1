import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DuckdbSession } from './duckdb-session.js';
import { numbersOf } from './vector-cells.js';

const ROWS = 500_000;
const NUMBERS = `SELECT range::DOUBLE FROM range(${ROWS})`;

async function openSession(): Promise<DuckdbSession> {
  const session = await DuckdbSession.open({ threads: 2, memoryMb: 256 });
  onTestFinished(() => session.close());
  return session;
}

describe('the chunks of a DuckDB session', () => {
  it.each([
    { name: 'taken as fast as they come', restEvery: Number.POSITIVE_INFINITY },
    { name: 'worked on while DuckDB computes', restEvery: 20 },
  ])('hold every row in order, $name', async ({ restEvery }) => {
    let [rows, chunks] = [0, 0];
    for await (const chunk of (await openSession()).chunks(NUMBERS)) {
      if (++chunks % restEvery === 0) await setTimeout(2);
      for (const number of numbersOf(chunk.getColumnVector(0))) if (number === rows) rows++;
    }
    expect(rows).toBe(ROWS);
  });

  it('may be left before the last one, and the session asked something else', async () => {
    const session = await openSession();
    for await (const chunk of session.chunks(NUMBERS)) {
      expect(chunk.rowCount).toBeGreaterThan(0);
      break;
    }
    expect(await session.values('SELECT 1')).toEqual([[1]]);
  });

  it('end where the reader aborts, or where the query fails', async () => {
    const session = await openSession();
    const abort = new AbortController();
    const count = async (sql: string, stopAt: number): Promise<void> => {
      let chunks = 0;
      for await (const _ of session.chunks(sql, abort.signal))
        if (++chunks === stopAt) abort.abort(new Error('enough'));
    };
    const failing = `SELECT CASE WHEN range = 400000 THEN error('no such row') END FROM range(${ROWS})`;
    await expect(count(failing, Number.POSITIVE_INFINITY)).rejects.toThrow('no such row');
    await expect(count(NUMBERS, 3)).rejects.toThrow('enough');
  });
});
