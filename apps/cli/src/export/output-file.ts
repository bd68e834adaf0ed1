import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { CliError } from '../cli-error.js';
import { shellQuoted } from '../command-style.js';
import { print } from '../output.js';

/** Where an export goes: a file that appears when it is whole, or stdout. */
export interface OutputFile {
  write(data: string | Buffer): Promise<void>;
}

/**
 * @param out null for stdout
 * @param fill writes all there is; when it throws, no file is there
 * @throws {CliError} `BAD_OPTION` where there is no such folder
 */
export async function withOutput(out: string | null, fill: (file: OutputFile) => Promise<void>): Promise<void> {
  if (out === null) return await fill({ write: print });
  requireFolder(path.dirname(out));
  const partial = `${out}.partial`;
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
    await rename(partial, out);
  } catch (error) {
    stream.destroy();
    await rm(partial, { force: true });
    throw error;
  }
}

function requireFolder(folder: string): void {
  if (existsSync(folder)) return;
  throw new CliError('BAD_OPTION', `There is no folder ${folder}.`, `mkdir -p ${shellQuoted(folder)}  makes it.`);
}
