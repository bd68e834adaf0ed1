import { PreprocessingError } from '../preprocessing-error.js';
import type { ColumnSpec } from '../table-recipe.js';
import { named, numberOfNumber, numberOfText, quoted, timeOfText, timeOfTime } from './cell-sql.js';
import { globFree } from './line-query.js';

/** A column of a Parquet file, with DuckDB's name of its type. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/**
 * SQL that gives every row of a Parquet file: for each declared column that is there, its cells as {@link cell-sql} types them
 * and, for those that are not text, the cell as text where SQL was not sure (else NULL).
 * @param positions where each declared column stands among `stored`; -1 for one that is not there, which is then not selected
 * @throws {PreprocessingError} WRONG_TYPE
 */
export function parquetQuery(
  file: string,
  specs: readonly ColumnSpec[],
  stored: readonly ParquetColumn[],
  positions: readonly number[],
): string {
  const selected = specs.flatMap((spec, i) => {
    const column = stored[positions[i]!];
    if (column === undefined) return [];
    const typed = typedCell(column, spec, file);
    if (spec.type === 'text') return [typed];
    return [typed, `CASE WHEN isinf(${typed}) THEN ${named(column.name)}::VARCHAR END`];
  });
  return `SELECT ${selected.length === 0 ? '1' : selected.join(', ')} FROM ${parquetOf(file)}`;
}

export function parquetOf(file: string): string {
  return `read_parquet(${globFree(file)})`;
}

function typedCell({ name, type }: ParquetColumn, spec: ColumnSpec, file: string): string {
  const cell = named(name);
  const kind = kindOf(type);
  switch (spec.type) {
    case 'number':
    case 'integer':
      if (kind === 'number') return numberOfNumber(cell, spec.type);
      if (kind === 'text') return numberOfText(`(${plainText(cell)})`, spec.type, spec.nulls);
      break;
    case 'timestamp':
      if (kind === 'time') return timeOfTime(cell);
      if (kind === 'text' || (type === 'DATE' && spec.formats?.includes('date')))
        return timeOfText(`${cell}::VARCHAR`, spec);
      break;
    case 'text':
      if (kind !== 'other') return `${cell}::VARCHAR`;
      break;
  }
  throw new PreprocessingError('WRONG_TYPE', `the file stores ${type}`, {
    file,
    column: name,
    expected: `what can be read as ${spec.type === 'text' ? 'text' : `a ${spec.type}`}: ${READABLE[spec.type]}`,
    hint: 'Convert the column, or declare it as what it is',
  });
}

const READABLE = {
  number: 'a numeric type or text',
  integer: 'a numeric type or text',
  timestamp: "TIMESTAMP or text (or DATE, with formats: ['date'])",
  text: 'text, a numeric type, BOOLEAN, DATE or TIMESTAMP',
} as const;

function kindOf(type: string): 'number' | 'text' | 'time' | 'plain' | 'other' {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type)) return 'number';
  if (/^(VARCHAR|ENUM\(.*\))$/.test(type)) return 'text';
  if (/^TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?$/.test(type)) return 'time';
  return /^(BOOLEAN|DATE|TIME)$/.test(type) ? 'plain' : 'other';
}

/** Unlike a line's cell, a stored text may hold anything: only what is made of the grammar's own characters goes to SQL. */
function plainText(cell: string): string {
  const isPlain = `regexp_full_match(${cell}::VARCHAR, ${quoted('[-+.0-9eE \\t]*')})`;
  return `CASE WHEN ${cell} IS NULL OR ${isPlain} THEN ${cell}::VARCHAR ELSE '_' END`;
}
