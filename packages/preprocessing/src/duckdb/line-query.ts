import type { CsvHeader } from '../csv-header.js';
import type { ColumnSpec } from '../table-recipe.js';
import { numberOfText, quoted, timeOfText, UNSURE } from './cell-sql.js';

/** What the line query says of a line in its first column. */
export const LINE_STATES = Object.freeze({
  /** A row with as many cells as there are columns, and SQL is sure of them all. */
  row: 0,
  /** For our own grammar: a blank line, too many or too few cells, or a cell that SQL is not sure of. */
  odd: 1,
  /**
   * For the CSV parser, DuckDB is no judge of it: it holds a quote, so that only the parser knows where its record ends; or it
   * begins with a space, after which DuckDB takes a carriage return for the end of a line.
   */
  unsure: 2,
});

/** The longest line that DuckDB reads, and what it reads at a time: it may be no less, and the less, the sooner the first rows come. */
const MAX_LINE_BYTES = 2_097_152;

/** A noncharacter of Unicode: no text holds it, so that every line is one cell to DuckDB. */
const NO_DELIMITER = '\uffff';

/**
 * SQL that gives every physical line of a text file as a row: its state, its text where it is no plain row, its length in bytes, and
 * the cells of the declared columns as {@link cell-sql} types them. DuckDB is told of one column without quoting, so that it only
 * cuts lines; it fails on a carriage return, on bytes that are no UTF-8, and on a line of more than 2 MB.
 */
export function lineQuery(
  file: string,
  delimiter: string,
  specs: readonly ColumnSpec[],
  { width, positions }: Pick<CsvHeader, 'width' | 'positions'>,
): string {
  const present = specs.flatMap((spec, i) => (positions[i]! < 0 ? [] : [{ spec, at: positions[i]! }]));
  const cells = present.map(({ at }, i) => `cells[${at + 1}] AS c${i}`);
  const values = present.map(({ spec }, i) => `${typedCell(`c${i}`, spec)} AS v${i}`);
  const sure = present.flatMap(({ spec }, i) => (spec.type === 'text' ? [] : [`v${i} <> ${UNSURE}`]));
  const { row, odd, unsure } = LINE_STATES;
  // In a table of one column, only our own grammar tells blank lines from empty cells.
  const isRow = width === 1 ? 'false' : [`len(cells) = ${width}`, ...sure].join(' AND ');
  // DuckDB takes a vertical tab or form feed in a number for a blank.
  const state = `CASE WHEN contains(line, '"') OR starts_with(line, ' ') THEN ${unsure}
    WHEN contains(line, chr(11)) OR contains(line, chr(12)) THEN ${odd} WHEN ${isRow} THEN ${row} ELSE ${odd} END`;
  return `SELECT ${['state', `CASE WHEN state <> ${row} THEN line END`, 'bytes', ...present.map((_, i) => `v${i}`)].join(', ')}
    FROM (SELECT *, (${state})::DOUBLE AS state, coalesce(strlen(line), 0)::DOUBLE AS bytes
    FROM (SELECT ${['line', 'cells', ...values].join(', ')}
    FROM (SELECT ${['line', 'cells', ...cells].join(', ')}
    FROM (SELECT line, string_split(line, ${quoted(delimiter)}) AS cells FROM ${linesOf(file)}))))`;
}

/** Every physical line of a text file, in order. */
export function linesOf(file: string): string {
  return `read_csv(${globFree(file)}, header = false, auto_detect = false, delim = '${NO_DELIMITER}', quote = '', escape = '',
    new_line = '\\n', buffer_size = ${MAX_LINE_BYTES}, max_line_size = ${MAX_LINE_BYTES}, compression = '${compressionOf(file)}', columns = {'line': 'VARCHAR'})`;
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
