import type { TableSource } from '../chunk-reader.js';
import { parquetColumns } from '../duckdb/duckdb-parquet.js';
import { isParquet } from '../duckdb/duckdb-reader.js';
import { readLineBlocks } from '../line-blocks.js';
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
    if (header !== undefined) return header;
  }
  throw new PreprocessingError('EMPTY_FILE', 'there are only blank lines', {
    file,
    expected: 'a header line and rows',
  });
}
