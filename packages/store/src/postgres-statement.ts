import type { SqlValue, SqlValues } from './sql-database.js';

/** A statement in PostgreSQL's own form, `$1` for `@name`, prepared once for each connection under its name. */
export interface PostgresStatement {
  readonly name: string;
  readonly text: string;
  /** The values' names, in the order of their numbers. */
  readonly parameters: readonly string[];
}

export function toPostgresStatement(sql: string, name: string): PostgresStatement {
  const parameters: string[] = [];
  const text = sql.replace(/@(\w+)/g, (_, parameter: string) => {
    if (!parameters.includes(parameter)) parameters.push(parameter);
    return `$${parameters.indexOf(parameter) + 1}`;
  });
  return { name, text, parameters };
}

export function valuesOf({ parameters, text }: PostgresStatement, values: SqlValues): SqlValue[] {
  return parameters.map((parameter) => {
    const value = values[parameter];
    if (value === undefined) throw new TypeError(`no value for @${parameter} of: ${text}`);
    return value;
  });
}
