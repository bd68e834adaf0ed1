import type { MalformedRow } from './chunk-reader.js';
import { parseInteger, parseNumber, UNPARSABLE } from './number-grammar.js';
import type { ColumnSpec } from './table-recipe.js';
import {
  DEFAULT_TIMESTAMP_FORMATS,
  formatNames,
  otherFormat,
  type TimestampFormat,
  timestampParser,
} from './timestamp.js';
import { type TypedColumn, TypedTable } from './typed-table.js';

/** Rows as text, column by column; null for an optional column that is not there. */
export interface TextColumns {
  readonly rows: number;
  readonly columns: readonly (readonly string[] | null)[];
  readonly lineOf: (row: number) => number;
}

/**
 * Parses text columns, given in the order of `specs`.
 * @returns the table, and the rows whose text is outside the grammar of their column: the table holds nonsense there
 */
export function typeColumns(
  { rows, columns: texts, lineOf }: TextColumns,
  specs: readonly ColumnSpec[],
): { readonly table: TypedTable; readonly unparsable: ReadonlyMap<number, MalformedRow> } {
  const unparsable = new Map<number, MalformedRow>();
  const columns = specs.map((spec, i) =>
    typeColumn(spec, texts[i] ?? null, rows, (row, cell) => {
      if (!unparsable.has(row)) unparsable.set(row, { line: lineOf(row), reason: refusal(spec, cell) });
    }),
  );
  const names = specs.map(({ name }) => name);
  return { table: new TypedTable(rows, names, columns), unparsable: inRowOrder(unparsable) };
}

/** Why a cell is no value of its column. */
export function refusal({ name, type, formats = DEFAULT_TIMESTAMP_FORMATS }: ColumnSpec, cell: string): string {
  const is = {
    number: 'no number',
    integer: 'no whole number',
    timestamp: `no time (${formatNames(formats)})${declarableFormat(cell, formats)}`,
    text: 'no text',
  }[type];
  return `${name}: ${JSON.stringify(cell.slice(0, 60))} is ${is}`;
}

/** The way out: a column may declare several formats. */
function declarableFormat(cell: string, formats: readonly TimestampFormat[]): string {
  const format = otherFormat(cell, formats);
  if (format === undefined) return '';
  return `; formats: [${[...formats, format].map((name) => `'${name}'`).join(', ')}] would read it`;
}

/**
 * How a column's cells become numbers.
 * @returns a parser that gives NaN for a missing cell and {@link UNPARSABLE} for one outside the column's grammar
 */
export function cellParser(
  spec: ColumnSpec & { readonly type: 'number' | 'integer' | 'timestamp' },
): (text: string) => number {
  const parse = valueParser(spec);
  const { nulls = [] } = spec;
  if (nulls.length === 0) return parse;
  return (text) => {
    const value = parse(text);
    return value === UNPARSABLE && nulls.includes(text.trim()) ? Number.NaN : value;
  };
}

function valueParser(spec: Parameters<typeof cellParser>[0]): (text: string) => number {
  switch (spec.type) {
    case 'number':
      return parseNumber;
    case 'integer':
      return parseInteger;
    case 'timestamp':
      return timestampParser(spec.formats ?? DEFAULT_TIMESTAMP_FORMATS);
  }
}

/** Refusals by row, the lowest first: they were found column by column. */
export function inRowOrder(refusals: ReadonlyMap<number, MalformedRow>): ReadonlyMap<number, MalformedRow> {
  return refusals.size < 2 ? refusals : new Map([...refusals].sort(([a], [b]) => a - b));
}

/** V8 copies shorter parts of a string; longer ones keep the whole string they were cut from alive. */
const SHARED_FROM = 13;

/** The same text in memory of its own, so that whoever keeps a few cells does not keep the file they came from. */
function ownText(cell: string): string {
  return cell.length < SHARED_FROM ? cell : ` ${cell}`.slice(1);
}

function typeColumn(
  spec: ColumnSpec,
  cells: readonly string[] | null,
  rows: number,
  refuse: (row: number, cell: string) => void,
): TypedColumn {
  const { type } = spec;
  if (type === 'text') return { type, values: cells?.map(ownText) ?? new Array<string>(rows).fill('') };
  const values = new Float64Array(rows);
  if (cells === null) return { type, values: values.fill(Number.NaN) };
  const parse = cellParser({ ...spec, type });
  for (let row = 0; row < rows; row++) {
    const value = parse(cells[row]!);
    if (value === UNPARSABLE) refuse(row, cells[row]!);
    values[row] = value;
  }
  return { type, values };
}
