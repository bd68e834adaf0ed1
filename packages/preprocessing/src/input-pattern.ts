import { readdir, stat } from 'node:fs/promises';
import { dirname, join, parse, sep } from 'node:path';
import { isAddress } from './duckdb/remote-source.js';
import { PreprocessingError } from './preprocessing-error.js';

/**
 * The files a path stands for: `*` and `?` match within a file or folder name, and a path without them stands for itself.
 * @returns the matches in the order of their code units, which is the order of their months where names hold them
 * @throws {PreprocessingError} FILE_NOT_FOUND where a pattern matches nothing
 */
export async function matchingFiles(pattern: string): Promise<readonly string[]> {
  if (isAddress(pattern) || !/[*?]/.test(pattern) || (await exists(pattern))) return [pattern];
  const { root } = parse(pattern);
  const parts = pattern.slice(root.length).split(sep);
  let found: readonly string[] = [root];
  for (const part of parts) found = (await Promise.all(found.map((dir) => matchesIn(dir, part)))).flat();
  const there = await Promise.all(found.map(exists));
  found = found.filter((_, i) => there[i]);
  if (found.length > 0) return found;
  throw new PreprocessingError('FILE_NOT_FOUND', 'no file matches', {
    file: pattern,
    hint: `Check what is in ${dirname(pattern.replace(/[*?].*$/, 'x'))}`,
  });
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function matchesIn(dir: string, part: string): Promise<readonly string[]> {
  if (!/[*?]/.test(part)) return [join(dir, part)];
  const shape = new RegExp(
    `^${part
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  const names = await readdir(dir === '' ? '.' : dir).catch(() => []); // as in a shell, what cannot be listed matches nothing
  const hidden = part.startsWith('.');
  return names
    .filter((name) => shape.test(name) && (hidden || !name.startsWith('.')))
    .sort()
    .map((name) => join(dir, name));
}
