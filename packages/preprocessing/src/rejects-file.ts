import { type FileHandle, open } from 'node:fs/promises';
import type { MalformedRow } from './chunk-reader.js';
import type { Reject } from './manifest.js';

/** How many rejects are shown in results and messages. */
export const FIRST_REJECTS = 5;

/** `rejects.csv`: file, line and reason of every malformed row. */
export class RejectsFile {
  readonly #handle: FileHandle;
  readonly #first: Reject[] = [];

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(path: string): Promise<RejectsFile> {
    const handle = await open(path, 'wx');
    await handle.appendFile('file,line,reason\n');
    return new RejectsFile(handle);
  }

  get first(): readonly Reject[] {
    return this.#first;
  }

  async append(file: string, rows: readonly MalformedRow[]): Promise<void> {
    if (rows.length === 0) return;
    for (const row of rows.slice(0, FIRST_REJECTS - this.#first.length)) this.#first.push({ file, ...row });
    await this.#handle.appendFile(
      rows.map(({ line, reason }) => `${quoted(file)},${line},${quoted(reason)}\n`).join(''),
    );
  }

  async close(): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
