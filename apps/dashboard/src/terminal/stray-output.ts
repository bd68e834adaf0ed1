/** Says a line that was meant for the terminal. */
export type SayStray = (line: string, level: 'info' | 'warning') => void;

/** The most that is kept of a stream, in characters: its latest. */
const KEPT = 100_000;

/**
 * Takes what this process writes to the terminal while a screen is on it, where it would blemish the frame: every line is
 * said, and all of it is written once the screen is gone. What native code writes to the file descriptors cannot be taken.
 * @returns gives the stream back; may be called more than once
 */
export function takeStray(stream: NodeJS.WriteStream, level: 'info' | 'warning', say: SayStray): () => void {
  const { write } = stream;
  const decoder = new TextDecoder();
  let kept = '';
  let unfinished = '';
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    kept = (kept + text).slice(-KEPT);
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const last = line.split('\r').findLast((part) => part.trim() !== ''); // of a progress bar, how it ended
      if (last !== undefined) say(last, level);
    }
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  };
  return () => {
    stream.write = write;
    if (kept !== '') stream.write(kept);
    kept = '';
  };
}

/**
 * The same for Node's warnings, which Node writes past `process.stderr`.
 * @returns gives them back
 */
export function takeWarnings(say: SayStray): () => void {
  const listeners = process.rawListeners('warning') as ((warning: Error) => void)[];
  const held: Error[] = [];
  const hold = (warning: Error): void => {
    held.push(warning);
    say(`${warning.name}: ${warning.message}`, 'warning');
  };
  process.removeAllListeners('warning');
  process.on('warning', hold);
  return () => {
    process.off('warning', hold);
    for (const listener of listeners) process.on('warning', listener);
    for (const warning of held.splice(0)) for (const listener of listeners) listener(warning);
  };
}
