import { UNPARSABLE } from '../number-grammar.js';
import { PreprocessingError } from '../preprocessing-error.js';
import { parseTimestamp } from '../timestamp.js';

/**
 * A moment as people write it: `2014-01-01`, or with a time as in the files, `2014-01-01 12:30:00`. Without a zone it is UTC.
 * @returns milliseconds since 1970 UTC
 * @throws {PreprocessingError} BAD_OPTION
 */
export function parseMoment(text: string): number {
  const ms = parseTimestamp(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text} 00:00` : text);
  if (Number.isNaN(ms) || ms === UNPARSABLE)
    throw new PreprocessingError('BAD_OPTION', `${JSON.stringify(text)} is no moment`, {
      expected: 'YYYY-MM-DD or YYYY-MM-DD HH:MM:SS',
    });
  return ms;
}
