import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ColumnSpec } from '../table-recipe.js';
import { type ReadTable, readAll } from '../testing/describe-chunk-reader.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createDuckdbReader } from './duckdb-reader.js';
import { runInDuckdb } from './duckdb-reader.test.kit.js';

/** A Parquet file that holds the rows of a query. */
async function parquetFile(query: string): Promise<string> {
  const file = join(temporaryFolder(), 'table.parquet');
  await runInDuckdb(`COPY (${query}) TO '${file}' (FORMAT parquet)`);
  return file;
}

async function read(query: string, specs: readonly ColumnSpec[], chunkRows = 1000): Promise<ReadTable> {
  return readAll(createDuckdbReader(), await parquetFile(query), specs, chunkRows);
}

const number = (name: string): ColumnSpec => ({ name, type: 'number' });
const NOON = Date.UTC(2021, 0, 2, 12);

describe('parquet', () => {
  it.each([
    { name: 'a double', sql: '1.5::DOUBLE', type: 'number', value: 1.5 },
    { name: 'a float', sql: '0.1::FLOAT', type: 'number', value: Math.fround(0.1) },
    { name: 'a decimal', sql: '1.10::DECIMAL(10, 2)', type: 'number', value: 1.1 },
    { name: 'an unsigned integer', sql: '255::UTINYINT', type: 'integer', value: 255 },
    { name: 'a double that is whole', sql: '3.0::DOUBLE', type: 'integer', value: 3 },
    { name: 'NULL', sql: 'NULL::DOUBLE', type: 'number', value: Number.NaN },
    { name: 'NaN, which means missing', sql: `'nan'::DOUBLE`, type: 'number', value: Number.NaN },
    { name: 'a number stored as text', sql: `' -73.9 '`, type: 'number', value: -73.9 },
    { name: 'empty text', sql: `''`, type: 'number', value: Number.NaN },
    { name: 'text that is NULL', sql: 'NULL::VARCHAR', type: 'number', value: Number.NaN },
    { name: 'a time without zone', sql: `TIMESTAMP '2021-01-02 12:00:00'`, type: 'timestamp', value: NOON },
    { name: 'a time with zone', sql: `TIMESTAMPTZ '2021-01-02 14:00:00+02'`, type: 'timestamp', value: NOON },
    { name: 'nanoseconds', sql: `TIMESTAMP_NS '2021-01-02 12:00:00.000999999'`, type: 'timestamp', value: NOON },
    { name: 'a time before 1970', sql: `TIMESTAMP '1969-12-31 23:59:59.9996'`, type: 'timestamp', value: -1 },
    { name: 'a missing time', sql: 'NULL::TIMESTAMP', type: 'timestamp', value: Number.NaN },
    { name: 'a time stored as text', sql: `'2021-01-02 12:00:00 UTC'`, type: 'timestamp', value: NOON },
    { name: 'text', sql: `'Łódź'`, type: 'text', value: 'Łódź' },
    { name: 'a zone stored as an integer', sql: '130::BIGINT', type: 'text', value: '130' },
    { name: 'a boolean as text', sql: 'true', type: 'text', value: 'true' },
    { name: 'NULL as text', sql: 'NULL::VARCHAR', type: 'text', value: '' },
  ] as const)('reads $name', async ({ sql, type, value }) => {
    const table = await read(`SELECT ${sql} AS a`, [{ name: 'a', type }]);
    expect(table).toEqual({ columns: [[value]], lines: [1], malformed: [], chunkSizes: [1] });
  });

  it('reads a DATE where the column declares days', async () => {
    const days = await read(`SELECT DATE '2021-01-02' AS a`, [{ name: 'a', type: 'timestamp', formats: ['date'] }]);
    expect(days).toMatchObject({ columns: [[Date.UTC(2021, 0, 2)]], malformed: [] });
  });

  it.each([
    { sql: `'1_000'`, type: 'number', reason: 'a: "1_000" is no number' },
    { sql: `chr(11) || '1'`, type: 'number', reason: 'a: "\\u000b1" is no number' },
    { sql: `'12' || chr(10)`, type: 'number', reason: 'a: "12\\n" is no number' },
    { sql: `'inf'::DOUBLE`, type: 'number', reason: 'a: "inf" is no number' },
    { sql: '2.5::DOUBLE', type: 'integer', reason: 'a: "2.5" is no whole number' },
    { sql: '9007199254740993::BIGINT', type: 'integer', reason: 'a: "9007199254740993" is no whole number' },
    { sql: `'yesterday'`, type: 'timestamp', reason: 'a: "yesterday" is no time (YYYY-MM-DD HH:MM:SS UTC)' },
  ] as const)('refuses $sql as $type, by the number of its row', async ({ sql, type, reason }) => {
    const good = type === 'timestamp' ? `'2021-01-02 12:00'` : "'1'";
    const table = await read(`SELECT ${good} AS a UNION ALL BY NAME SELECT (${sql})::VARCHAR AS a`, [
      { name: 'a', type },
    ]);
    const same = await read(`SELECT 1 AS n, ${sql} AS a`, [{ name: 'a', type }]);
    expect(table.malformed).toEqual([{ line: 2, reason: `${reason} (row 2 of a Parquet file)` }]);
    expect(same.malformed).toEqual([{ line: 1, reason: `${reason} (row 1 of a Parquet file)` }]);
  });

  it.each([
    { sql: `DATE '2021-01-02'`, type: 'timestamp', got: 'DATE' },
    { sql: 'true', type: 'number', got: 'BOOLEAN' },
    { sql: `TIMESTAMP '2021-01-02 12:00:00'`, type: 'number', got: 'TIMESTAMP' },
    { sql: '1::BIGINT', type: 'timestamp', got: 'BIGINT' },
    { sql: '[1, 2]', type: 'text', got: 'INTEGER[]' },
  ] as const)('refuses a column of type $got as $type', async ({ sql, type, got }) => {
    await expect(read(`SELECT ${sql} AS a`, [{ name: 'a', type }])).rejects.toMatchObject({
      code: 'WRONG_TYPE',
      column: 'a',
      message: expect.stringContaining(`the file stores ${got}; expected what can be read as`) as string,
    });
  });

  it('cuts rows into chunks in their order, and reads only the declared columns', async () => {
    const query = 'SELECT i AS a, i / 2 AS half, [i] AS list FROM range(10000) t(i)';
    const table = await read(query, [number('half'), number('a'), { ...number('absent'), optional: true }], 3000);
    expect(table.chunkSizes).toEqual([3000, 3000, 3000, 1000]);
    expect(table.columns[1]).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
    expect(table.columns[0]![9999]).toBe(4999.5);
    expect(table.columns[2]!.every((value) => Number.isNaN(value))).toBe(true);
    expect(table.lines[9999]).toBe(10_000);
  });

  it('names a missing column', async () => {
    await expect(read('SELECT 1 AS a', [number('a'), number('fare')])).rejects.toMatchObject({
      code: 'MISSING_COLUMN',
      message: expect.stringMatching(/table\.parquet:fare: there is no column fare; the header has "a"/) as string,
    });
  });

  it('refuses a file without rows, one that is cut off, and one that is something else', async () => {
    await expect(read('SELECT 1 AS a WHERE false', [number('a')])).rejects.toMatchObject({ code: 'NO_ROWS' });
    const whole = readFileSync(await parquetFile('SELECT 1 AS a'));
    const fileOf = (bytes: Buffer | string): string => {
      const file = join(temporaryFolder(), 'other.parquet');
      writeFileSync(file, bytes);
      return file;
    };
    const problems = {
      'end too early': whole.subarray(0, -20),
      'no Parquet file': 'a,b\n1,2\n',
      'cannot read it': damaged(whole),
    };
    for (const [message, bytes] of Object.entries(problems)) {
      await expect(readAll(createDuckdbReader(), fileOf(bytes), [number('a')])).rejects.toMatchObject({
        code: 'BAD_PARQUET',
        message: expect.stringContaining(message) as string,
      });
    }
  });
});

/** The file with its footer overwritten. */
function damaged(whole: Buffer): Buffer {
  const bytes = Buffer.from(whole);
  return bytes.fill(0xff, bytes.length - 40, bytes.length - 8);
}
