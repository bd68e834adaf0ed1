/** Why preprocessing refused. Callers match on the code, never on the text. */
export type PreprocessingErrorCode =
  | 'BAD_OPTION' // an argument is out of range
  | 'FILE_NOT_FOUND'
  | 'NOT_A_FILE' // a directory, a device
  | 'FILE_UNREADABLE' // permissions, input/output error
  | 'EMPTY_FILE' // no byte, or blank lines only
  | 'NO_ROWS' // a header and nothing below it
  | 'BINARY_FILE' // not UTF-8 text in lines
  | 'BAD_GZIP' // truncated, damaged, or no gzip at all
  | 'BAD_ZSTD' // truncated or no zstd at all
  | 'BAD_PARQUET' // truncated, damaged, or no Parquet at all
  | 'WRONG_TYPE' // a Parquet column's type cannot hold what the recipe reads from it
  | 'READER_UNAVAILABLE' // this machine cannot read that kind of file or source
  | 'BAD_HEADER' // none of the columns, or one name twice
  | 'MISSING_COLUMN'
  | 'UNKNOWN_COLUMN' // a recipe names a column that it does not declare
  | 'CONSTANT_LABEL' // every training row has the same label
  | 'TOO_MANY_BAD_ROWS' // more malformed rows than `maxBad` allows
  | 'NO_ROWS_LEFT' // cleaning dropped everything a split needs
  | 'INPUT_CHANGED' // a file changed while it was read
  | 'WRITE_FAILED' // disk full, permissions
  | 'DATASET_NOT_FOUND'
  | 'DATASET_DAMAGED' // manifest or shard does not hold what it should
  | 'DOWNLOAD_OFFLINE' // the server cannot be reached
  | 'DOWNLOAD_NOT_FOUND'
  | 'DOWNLOAD_FAILED'; // the server answered, but not with the whole file

/** Where it went wrong, what would have been right, and the way out. */
export interface ErrorPlace {
  readonly file?: string;
  /** 1-based line of the text file. */
  readonly line?: number;
  readonly column?: string;
  readonly expected?: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The one error class of this package. The message holds everything a person needs; the fields hold it for programs. */
export class PreprocessingError extends Error {
  override readonly name = 'PreprocessingError';
  readonly code: PreprocessingErrorCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: string | undefined;
  readonly expected: string | undefined;
  readonly hint: string | undefined;

  constructor(code: PreprocessingErrorCode, problem: string, place: ErrorPlace = {}) {
    super(sentence(problem, place), place.cause === undefined ? undefined : { cause: place.cause });
    this.code = code;
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
    this.expected = place.expected;
    this.hint = place.hint;
  }
}

function sentence(problem: string, { file, line, column, expected, hint }: ErrorPlace): string {
  const where = [file, line, column].filter((part) => part !== undefined).join(':');
  const parts = [where === '' ? problem : `${where}: ${problem}`];
  if (expected !== undefined) parts.push(`expected ${expected}`);
  return `${parts.join('; ')}${hint === undefined ? '' : `. ${hint}`}`;
}
