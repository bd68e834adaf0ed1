import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { print } from '../output.js';

/** Where an export goes: a file that appears when it is whole, or stdout. */
export interface OutputFile {
  write(data: string | Buffer): Promise<void>;
}

/**
 * @param path null for stdout
 * @param fill writes all there is; when it throws, no file is there
 */
export async function withOutput(path: string | null, fill: (file: OutputFile) => Promise<void>): Promise<void> {
  if (path === null) return await fill({ write: print });
  const partial = `${path}.partial`;
  const stream = createWriteStream(partial);
  const ended = finished(stream);
  ended.catch(() => undefined); // whoever writes or waits for the end gets it
  try {
    await fill({
      write: async (data) => {
        if (!stream.write(data)) await Promise.race([once(stream, 'drain'), ended]);
      },
    });
    stream.end();
    await ended;
    await rename(partial, path);
  } catch (error) {
    stream.destroy();
    await rm(partial, { force: true });
    throw error;
  }
}
