import { describe, expect, it } from 'vitest';
import { toPostgresStatement, valuesOf } from './postgres-statement.js';

describe('toPostgresStatement', () => {
  it.each([
    { sql: 'SELECT 1', text: 'SELECT 1', values: [] },
    { sql: 'SELECT @b, @a', text: 'SELECT $1, $2', values: ['b', 'a'] },
    { sql: 'SELECT @a WHERE x = @b AND y = @a', text: 'SELECT $1 WHERE x = $2 AND y = $1', values: ['a', 'b'] },
    { sql: 'SELECT @trial, @trialId', text: 'SELECT $1, $2', values: ['t', null] },
  ])('$sql', ({ sql, text, values }) => {
    const statement = toPostgresStatement(sql, 'assay_1');
    expect(statement).toMatchObject({ name: 'assay_1', text });
    expect(valuesOf(statement, { a: 'a', b: 'b', trial: 't', trialId: null })).toEqual(values);
  });

  it('refuses a value that nobody gave', () => {
    expect(() => valuesOf(toPostgresStatement('SELECT @a', 'assay_1'), {})).toThrow('no value for @a of: SELECT $1');
  });
});
