import { errorCode } from './exit-code.js';

/** What a person reads on stderr: the message, the way out, and the stack only where the fault is ours. */
export function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `assay: ${String(error)}\n`;
  const hint = (error as { hint?: unknown }).hint;
  const lines = [`assay: ${error.message}`];
  if (typeof hint === 'string') lines.push(`  ${hint}`);
  if (errorCode(error) === null || debug) lines.push(error.stack ?? '');
  if (error.cause instanceof Error && debug) lines.push(`caused by ${error.cause.stack ?? error.cause.message}`);
  return `${lines.join('\n')}\n`;
}
