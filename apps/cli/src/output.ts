import { Console } from 'node:console';

/**
 * Keeps stdout for data: what a study file prints while it is loaded goes to stderr. And where the reader of a pipe has had
 * enough (`assay trials taxifare | head`), the rest is dropped; a study that runs goes on.
 */
export function guardOutput(): void {
  globalThis.console = new Console(process.stderr, process.stderr);
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (!isClosedPipe(error)) throw error;
    });
  }
}

/** Waits while the reader of a pipe is slower than we are. Rejects when it is gone. */
export function print(text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** The reader of a pipe has gone. */
export function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
