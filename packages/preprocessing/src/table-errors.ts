import { PreprocessingError } from './preprocessing-error.js';

/** The error for a file without any line that holds something. */
export function blankFile(file: string): PreprocessingError {
  return new PreprocessingError('EMPTY_FILE', 'there are only blank lines', {
    file,
    expected: 'a header line and rows',
  });
}

/** The error for a table without any row. */
export function noRows(file: string): PreprocessingError {
  return new PreprocessingError('NO_ROWS', 'there is a header and no row', {
    file,
    line: 1,
    expected: 'rows below the header',
  });
}
