import type { TableSource } from '../chunk-reader.js';
import { parquetColumns } from '../duckdb/duckdb-parquet.js';
import { isParquet } from '../duckdb/duckdb-reader.js';
import { readLineBlocks } from '../line-blocks.js';
import { otherDelimiter } from '../locate-columns.js';
import { PreprocessingError } from '../preprocessing-error.js';
import { RecordSplitter } from '../record-splitter.js';

/**
 * The column names of a table, without blanks around them.
 * @throws {PreprocessingError} FILE_NOT_FOUND, NOT_A_FILE, FILE_UNREADABLE, EMPTY_FILE, BINARY_FILE, BAD_GZIP, BAD_HEADER
 */
export async function tableColumns(source: TableSource): Promise<readonly string[]> {
  const file = typeof source === 'string' ? source : source.name;
  if (typeof source === 'string' && isParquet(source)) return parquetColumns(source);
  let header: readonly string[] | undefined;
  const splitter = new RecordSplitter(',', {
    record: (cells) => {
      header ??= cells.map((name) => name.trim());
    },
    malformed: (line, reason) => {
      if (header === undefined)
        throw new PreprocessingError('BAD_HEADER', reason, { file, line, expected: 'a header line' });
    },
  });
  for await (const { bytes } of readLineBlocks(source)) {
    splitter.push(bytes, false);
    if (header !== undefined) return withCommas(header, file);
  }
  throw new PreprocessingError('EMPTY_FILE', 'there are only blank lines', {
    file,
    expected: 'a header line and rows',
  });
}

/** @throws {PreprocessingError} BAD_HEADER where the names are one text with another delimiter */
function withCommas(names: readonly string[], file: string): readonly string[] {
  const hint = otherDelimiter(names);
  if (hint === undefined) return names;
  throw new PreprocessingError('BAD_HEADER', `the header is one cell: ${JSON.stringify(names[0]!.slice(0, 60))}`, {
    file,
    line: 1,
    expected: 'names with commas between them',
    hint,
  });
}
