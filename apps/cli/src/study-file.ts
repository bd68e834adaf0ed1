import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadStudy } from '@assay/pool';
import type { StudyRecord, StudySpec } from '@assay/study';
import { CliError } from './cli-error.js';

export interface LoadedStudy {
  readonly spec: StudySpec<unknown, unknown>;
  readonly file: string;
  /** The same as a URL: what a worker imports to get the same spec. */
  readonly url: string;
}

/** So that a study file anywhere on the machine can write `import { defineStudy } from 'assay'`. */
export const STUDY_IMPORTS: Readonly<Record<string, string>> = {
  assay: fileURLToPath(import.meta.resolve('assay')),
};

const BUILT_IN = path.resolve(import.meta.dirname, '../../../studies');

/**
 * Loads a study by file name or by the name of a built-in one.
 * @throws {CliError} `STUDY_FILE_NOT_FOUND`
 * @throws {PoolError} when the file cannot be loaded or declares no study
 */
export async function loadStudyFile(name: string): Promise<LoadedStudy> {
  const file = findStudyFile(name);
  const url = pathToFileURL(file).href;
  return { spec: await loadStudy(url, STUDY_IMPORTS), file, url };
}

/** The file that a stored study ran from; its name, where nobody kept that. */
export function storedStudyFile({ name, definition }: StudyRecord): string {
  const file = definition?.facts.studyFile;
  return typeof file === 'string' ? file : name;
}

function findStudyFile(name: string): string {
  const candidates = [
    path.resolve(name),
    path.resolve(`${name}.study.ts`),
    path.resolve('studies', name, 'study.ts'),
    path.join(BUILT_IN, name, 'study.ts'),
  ];
  const file = candidates.find((candidate) => /\.(ts|mts|js|mjs)$/.test(candidate) && existsSync(candidate));
  if (file !== undefined) return file;
  throw new CliError(
    'STUDY_FILE_NOT_FOUND',
    `No study '${name}': there is no such file, and no built-in study of that name.`,
    'Built in: taxifare. Your own: assay run ./my.study.ts',
  );
}
