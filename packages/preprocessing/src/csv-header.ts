import type { TableSource } from './chunk-reader.js';
import { readLineBlocks } from './line-blocks.js';
import { locateColumns } from './locate-columns.js';
import { PreprocessingError } from './preprocessing-error.js';
import { type RecordSink, RecordSplitter } from './record-splitter.js';
import { blankFile } from './table-errors.js';
import type { ColumnSpec } from './table-recipe.js';

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

export interface CsvHeader {
  /** 1-based line on which it begins. */
  readonly line: number;
  /** How many columns the table has. */
  readonly width: number;
  /** Where each declared column stands; -1 for an optional one that is absent. */
  readonly positions: readonly number[];
  /** Whether the first line of the file ends in a carriage return and a line feed. */
  readonly isCrlf: boolean;
}

/**
 * Reads a CSV file as far as its header.
 * @throws {PreprocessingError} what {@link readLineBlocks} throws, EMPTY_FILE, BAD_HEADER, MISSING_COLUMN
 */
export async function readCsvHeader(
  source: TableSource,
  specs: readonly ColumnSpec[],
  delimiter: string,
  signal?: AbortSignal,
): Promise<CsvHeader> {
  const file = typeof source === 'string' ? source : source.name;
  const first = new FirstRecord(file);
  const splitter = new RecordSplitter(delimiter, first);
  let isCrlf: boolean | undefined;
  for await (const block of readLineBlocks(source, signal)) {
    isCrlf ??= block.bytes[block.bytes.indexOf(NEWLINE) - 1] === CARRIAGE_RETURN;
    splitter.push(block.bytes, false);
    if (first.found !== undefined) break;
  }
  splitter.push(Buffer.alloc(0), true);
  if (first.found === undefined) throw blankFile(file);
  const { cells, line } = first.found;
  return { line, width: cells.length, positions: locateColumns(cells, specs, file, line), isCrlf: isCrlf === true };
}

/** Keeps the first record. */
class FirstRecord implements RecordSink {
  readonly #file: string;
  found: { readonly cells: readonly string[]; readonly line: number } | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  record(cells: readonly string[], line: number): void {
    this.found ??= { cells, line };
  }

  malformed(line: number, reason: string): void {
    if (this.found !== undefined) return;
    throw new PreprocessingError('BAD_HEADER', reason, { file: this.#file, line, expected: 'a header line' });
  }
}
