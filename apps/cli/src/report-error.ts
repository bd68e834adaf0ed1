import type { StudyError } from '@assay/study';
import { errorCode } from './exit-code.js';

/** What a person reads on stderr: the message, the way out, and the stack only where nobody foresaw the error. */
export function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `assay: ${String(error)}\n`;
  const lines = [`assay: ${shownMessage(error)}`];
  lines.push(...hintsOf(error).map((hint) => `  ${hint}`));
  if (!isForeseen(error) || debug) lines.push(error.stack ?? '');
  if (error.cause instanceof Error && debug) lines.push(`caused by ${error.cause.stack ?? error.cause.message}`);
  return `${lines.join('\n')}\n`;
}

/** A result that could not be stored was written out when that happened, and is not written twice. */
function shownMessage(error: Error): string {
  if (!isStudyError(error) || error.result === null) return error.message;
  return error.message.replace(`: ${error.result}`, '; it is above, as JSON');
}

/** By name: the class would load the whole search for `--help`. */
function isStudyError(error: Error): error is StudyError {
  return error.name === 'StudyError';
}

/** The way out in the command's own words, for errors of packages that know nothing of the command. */
const COMMAND_HINTS: Readonly<Record<string, string>> = {
  INCOMPATIBLE_STUDY: '--name <other name>  starts another study beside it.',
  STUDY_IN_USE: '--force  deletes it nevertheless.',
  TOO_MANY_BAD_ROWS: '--max-bad <fraction>  allows more.',
};

/** Ours, or the operating system's (no such file, no permission): the message says it all. */
function isForeseen(error: Error): boolean {
  return errorCode(error) !== null || 'syscall' in error;
}

function hintsOf(error: Error): string[] {
  const own = 'hint' in error && typeof error.hint === 'string' ? [error.hint] : [];
  const commands = COMMAND_HINTS[errorCode(error) ?? ''];
  return [...own.filter((hint) => !error.message.includes(hint)), ...(commands === undefined ? [] : [commands])];
}
