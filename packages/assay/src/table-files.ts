import path from 'node:path';
import type { TableSources, TableWorkload } from './table-study.js';

/** One file or several, relative to the folder that the command runs in. */
type Files = string | readonly string[];

/** A study's files where they have fixed names; what finds or makes files instead is a function of its own. */
export function tableFiles(files: {
  readonly train: Files;
  readonly validation?: Files;
  readonly test?: Files;
}): TableWorkload<unknown>['sources'] {
  return async () => {
    const train = listed(files.train);
    const sources: TableSources = { train, validation: listed(files.validation ?? []), description: described(train) };
    return files.test === undefined ? sources : { ...sources, test: listed(files.test) };
  };
}

function listed(files: Files): readonly string[] {
  return (typeof files === 'string' ? [files] : files).map((file) => path.resolve(file));
}

function described(files: readonly string[]): string {
  const [first = 'no file', ...others] = files.map((file) => path.basename(file));
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
