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

/**
 * Loads the file that a stored study ran from, or the one that is given in its place. Where the study was made on another
 * machine, what was typed there names the file too: relative to the working folder, or a built-in study.
 * @throws {CliError} `STUDY_FILE_NOT_FOUND`
 * @throws {PoolError} as `loadStudyFile` does
 */
export async function loadStoredStudyFile({ name, definition }: StudyRecord, given?: string): Promise<LoadedStudy> {
  if (given !== undefined) return await loadStudyFile(given);
  const { studyFile, study } = definition?.facts ?? {};
  const stored = [studyFile, study].filter((file) => typeof file === 'string');
  const there = (stored.length === 0 ? [name] : stored).find((file) => existingStudyFile(file) !== undefined);
  if (there !== undefined) return await loadStudyFile(there);
  const message = `The file of study '${name}' is not there${stored.length === 0 ? '' : `: ${stored.join(', ')}`}.`;
  throw new CliError('STUDY_FILE_NOT_FOUND', message, '--study-file <file>  says where it is now.');
}

/** A study file as a person types it: the name of a built-in study, or its path from here. */
export function typedStudy(file: string): string {
  const folder = path.dirname(file);
  if (path.dirname(folder) === BUILT_IN) return path.basename(folder);
  const fromHere = path.relative('.', file);
  return fromHere.startsWith('..') ? file : `./${fromHere}`;
}

function findStudyFile(name: string): string {
  const file = existingStudyFile(name);
  if (file !== undefined) return file;
  throw new CliError(
    'STUDY_FILE_NOT_FOUND',
    `No study '${name}': there is no such file, and no built-in study of that name.`,
    'Built in: taxifare, green-taxi, citibike. Your own: assay run ./my.study.ts',
  );
}

function existingStudyFile(name: string): string | undefined {
  const candidates = [
    path.resolve(name),
    path.resolve(`${name}.study.ts`),
    path.resolve('studies', name, 'study.ts'),
    path.join(BUILT_IN, name, 'study.ts'),
  ];
  return candidates.find((candidate) => /\.(ts|mts|js|mjs)$/.test(candidate) && existsSync(candidate));
}
