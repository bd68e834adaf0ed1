import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';

/**
 * A file that a study makes where there are no rows of its own, once. It appears under its name only when it is complete.
 * @param write fills a new file
 * @returns the file
 */
export async function generatedFile(file: string, write: (part: string) => Promise<void>): Promise<string> {
  if (existsSync(file)) return file;
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  await write(part);
  await rename(part, file);
  return file;
}
