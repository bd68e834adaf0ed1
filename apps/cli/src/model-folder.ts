import { existsSync } from 'node:fs';
import path from 'node:path';
import { type LoadedModel, MODEL_FILES } from '@assay/training';
import { CliError } from './cli-error.js';

/** @throws {CliError} `NOT_A_MODEL` */
export function requireModel(folder: string): void {
  if (existsSync(path.join(folder, MODEL_FILES.model))) return;
  const hint = 'assay train <study>@best  writes one and prints its folder.';
  throw new CliError('NOT_A_MODEL', `${folder} is no model folder: it has no ${MODEL_FILES.model}.`, hint);
}

/** The study file that a model was trained by. @throws {CliError} `STUDY_FILE_NOT_FOUND` */
export function studyFileOf({ params }: LoadedModel, folder: string): string {
  if (typeof params.studyFile === 'string') return params.studyFile;
  const message = `${folder}/params.json names no study file.`;
  throw new CliError('STUDY_FILE_NOT_FOUND', message, 'Give it with --study-file.');
}
