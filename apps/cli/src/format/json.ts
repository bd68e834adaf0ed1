/** JSON has no infinities and no NaN: they are written as the strings `Infinity`, `-Infinity` and `NaN`. */
function replaceNonFinite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** A document for a program, indented, ending with a newline. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, replaceNonFinite, 2)}\n`;
}

/** One line of a stream (ndjson), ending with a newline. */
export function formatJsonLine(value: unknown): string {
  return `${formatJsonValue(value)}\n`;
}

/** The same as a part of something larger. */
export function formatJsonValue(value: unknown): string {
  return JSON.stringify(value, replaceNonFinite);
}
