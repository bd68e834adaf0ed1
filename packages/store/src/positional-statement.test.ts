import { describe, expect, it } from 'vitest';
import { toPostgresStatement, toSqliteStatement, valuesOf } from './positional-statement.js';

const VALUES = { a: 'a', b: 'b', trial: 't', trialId: null };

describe('a statement with positions for names', () => {
  it.each([
    { sql: 'SELECT 1', text: 'SELECT 1', values: [] },
    { sql: 'SELECT @b, @a', text: 'SELECT $1, $2', values: ['b', 'a'] },
    { sql: 'SELECT @a WHERE x = @b AND y = @a', text: 'SELECT $1 WHERE x = $2 AND y = $1', values: ['a', 'b'] },
    { sql: 'SELECT @trial, @trialId', text: 'SELECT $1, $2', values: ['t', null] },
  ])('numbers each name for PostgreSQL: $sql', ({ sql, text, values }) => {
    const statement = toPostgresStatement(sql);
    expect(statement.text).toBe(text);
    expect(valuesOf(statement, VALUES)).toEqual(values);
  });

  it.each([
    { sql: 'SELECT @b, @a', text: 'SELECT ?, ?', values: ['b', 'a'] },
    { sql: 'SELECT @a WHERE x = @b AND y = @a', text: 'SELECT ? WHERE x = ? AND y = ?', values: ['a', 'b', 'a'] },
  ])('lists each mention for SQLite: $sql', ({ sql, text, values }) => {
    const statement = toSqliteStatement(sql);
    expect(statement.text).toBe(text);
    expect(valuesOf(statement, VALUES)).toEqual(values);
  });

  it('takes values in the order of the parameters', () => {
    expect(valuesOf(toPostgresStatement('SELECT @b, @a'), [1, 2])).toEqual([1, 2]);
  });

  it('refuses a value that nobody gave', () => {
    expect(() => valuesOf(toPostgresStatement('SELECT @a'), {})).toThrow('no value for @a of: SELECT $1');
  });
});
