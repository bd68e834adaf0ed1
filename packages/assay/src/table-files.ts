import path from 'node:path';
import { isAddress, matchingFiles } from '@assay/preprocessing';
import type { TableSources, TableWorkload } from './table-study.js';

/**
 * CSV or Parquet, one file or several, relative to the folder that the command runs in. `*` and `?` stand for any part of a name;
 * an `https:` or `s3:` address is read where DuckDB's extension for it is installed.
 */
type Files = string | readonly string[];

/**
 * A study's files where they have fixed names; what finds or makes files instead is a function of its own.
 * @throws {TypeError} when no training file is named
 */
export function tableFiles(files: {
  readonly train: Files;
  readonly validation?: Files;
  readonly test?: Files;
}): TableWorkload<unknown>['sources'] {
  if (files.train === undefined) throw new TypeError("tableFiles names no training file: { train: 'trips.csv' }.");
  return async () => {
    const train = await listed(files.train);
    const validation = await listed(files.validation ?? []);
    const sources: TableSources = { train, validation, description: described(train) };
    return files.test === undefined ? sources : { ...sources, test: await listed(files.test) };
  };
}

async function listed(files: Files): Promise<readonly string[]> {
  const patterns = (typeof files === 'string' ? [files] : files).map((file) =>
    isAddress(file) ? file : path.resolve(file),
  );
  return (await Promise.all(patterns.map(matchingFiles))).flat();
}

function described(files: readonly string[]): string {
  const [first = 'no file', ...others] = files.map((file) => path.basename(file));
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
