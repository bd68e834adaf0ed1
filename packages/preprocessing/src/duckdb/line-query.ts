import type { ColumnSpec } from '../table-recipe.js';
import { numberOfText, quoted, timeOfText } from './cell-sql.js';

/**
 * In place of a column count: DuckDB is no judge of this line. It holds a quote, so that only the CSV parser knows where its record
 * ends; or it begins with a space, after which DuckDB takes a carriage return for the end of a line.
 */
export const UNSURE_LINE = -1;
/** In place of a column count: DuckDB would take a vertical tab or form feed in a number for a blank. */
export const ODD_LINE = -2;

/** DuckDB hands over lines in the file's order, so a thread that is ahead waits for the buffer before its own: small ones, short waits. */
const BUFFER_BYTES = 8_388_608;
const MAX_LINE_BYTES = 2_097_152;

/** A noncharacter of Unicode: no text holds it, so that every line is one cell to DuckDB. */
const NO_DELIMITER = '\uffff';

/**
 * SQL that gives every physical line of a text file as a row: its column count (0 where it is blank), its text, its
 * length in bytes, and the cells of the declared columns as {@link cell-sql} types them. DuckDB is told of one column without quoting, so that it only cuts
 * lines; it fails on a carriage return, on bytes that are no UTF-8, and on a line of more than 2 MB.
 * @param positions where each declared column stands; -1 for one that is not there, which is then not selected
 */
export function lineQuery(
  file: string,
  delimiter: string,
  specs: readonly ColumnSpec[],
  positions: readonly number[],
): string {
  const cells = positions.flatMap((at, i) => (at < 0 ? [] : [`cells[${at + 1}] AS c${i}`]));
  const typed = specs.flatMap((spec, i) => (positions[i]! < 0 ? [] : [typedCell(`c${i}`, spec)]));
  const width = `CASE WHEN contains(line, '"') OR starts_with(line, ' ') THEN ${UNSURE_LINE} WHEN contains(line, chr(11)) OR contains(line, chr(12)) THEN ${ODD_LINE} ELSE coalesce(len(cells), 0) END`;
  return `SELECT ${['width', 'line', 'coalesce(strlen(line), 0)::INTEGER', ...typed].join(', ')}
    FROM (SELECT line, (${width})::INTEGER AS width, ${cells.join(', ')}
      FROM (SELECT line, string_split(line, ${quoted(delimiter)}) AS cells FROM ${linesOf(file)}))`;
}

/** Every physical line of a text file, in order. */
export function linesOf(file: string): string {
  return `read_csv(${globFree(file)}, header = false, auto_detect = false, delim = '${NO_DELIMITER}', quote = '', escape = '',
    new_line = '\\n', buffer_size = ${BUFFER_BYTES}, max_line_size = ${MAX_LINE_BYTES}, compression = '${compressionOf(file)}', columns = {'line': 'VARCHAR'})`;
}

/** A path as DuckDB takes it literally: `*`, `?` and `[` in it are no pattern. */
export function globFree(file: string): string {
  return quoted(file.replaceAll(/[*?[]/g, '[$&]'));
}

function compressionOf(file: string): 'gzip' | 'zstd' | 'none' {
  if (file.endsWith('.gz')) return 'gzip';
  return file.endsWith('.zst') ? 'zstd' : 'none';
}

function typedCell(cell: string, spec: ColumnSpec): string {
  switch (spec.type) {
    case 'number':
    case 'integer':
      return numberOfText(cell, spec.type, spec.nulls);
    case 'timestamp':
      return timeOfText(cell, spec);
    case 'text':
      return cell;
  }
}
