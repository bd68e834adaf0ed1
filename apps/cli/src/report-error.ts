import { errorCode } from './exit-code.js';

/** What a person reads on stderr: the message, the way out, and the stack only where nobody foresaw the error. */
export function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `assay: ${String(error)}\n`;
  const lines = [`assay: ${error.message}`];
  const hint = hintOf(error);
  if (hint !== null && !error.message.includes(hint)) lines.push(`  ${hint}`);
  if (!isForeseen(error) || debug) lines.push(error.stack ?? '');
  if (error.cause instanceof Error && debug) lines.push(`caused by ${error.cause.stack ?? error.cause.message}`);
  return `${lines.join('\n')}\n`;
}

/** Ours, or the operating system's (no such file, no permission): the message says it all. */
function isForeseen(error: Error): boolean {
  return errorCode(error) !== null || 'syscall' in error;
}

function hintOf(error: Error): string | null {
  return 'hint' in error && typeof error.hint === 'string' ? error.hint : null;
}
