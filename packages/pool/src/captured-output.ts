/**
 * Turns everything this thread writes to stdout, stderr and as warnings into lines, so that a worker never writes to the
 * terminal. What native code writes to the file descriptors itself cannot be caught.
 * @returns ends the unfinished lines
 */
export function captureOutput(onLine: (line: string) => void): () => void {
  const flushes = [process.stdout, process.stderr].map((stream) => captureStream(stream, onLine));
  process.removeAllListeners('warning'); // Node's own listener writes to the terminal, past process.stderr
  process.on('warning', (warning) => onLine(`${warning.name}: ${warning.message}`));
  return () => {
    for (const flush of flushes) flush();
  };
}

function captureStream(stream: NodeJS.WriteStream, onLine: (line: string) => void): () => void {
  const decoder = new TextDecoder();
  let unfinished = '';
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const lines = (unfinished + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split(
      '\n',
    );
    unfinished = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  };
  return () => {
    if (unfinished !== '') onLine(unfinished);
    unfinished = '';
  };
}
