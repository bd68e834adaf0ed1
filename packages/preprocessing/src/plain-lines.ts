/**
 * Splits whole lines (`\n` or `\r\n`) that hold no quote character. Gives what csv-parse gives, in a fraction of the time.
 * @returns one record a line, a blank line as one empty cell
 */
export function splitPlainLines(bytes: Buffer, delimiter: string): string[][] {
  if (bytes.length === 0) return [];
  const lines = bytes.toString('utf8').split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line).split(delimiter));
}
