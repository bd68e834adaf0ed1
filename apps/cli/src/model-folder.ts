import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Learned, TableRecipe } from '@assay/preprocessing';
import { type LoadedModel, MODEL_FILES } from '@assay/training';
import { CliError } from './cli-error.js';

/** @throws {CliError} `NOT_A_MODEL` */
export function requireModel(folder: string): void {
  if (existsSync(path.join(folder, MODEL_FILES.model))) return;
  const hint = 'assay train <study>@best  writes one and prints its folder.';
  throw new CliError('NOT_A_MODEL', `${folder} is no model folder: it has no ${MODEL_FILES.model}.`, hint);
}

/**
 * How rows become what a model reads: `assay train` wrote it beside the model, so that a study file that has changed since, or is
 * gone, makes no difference.
 * @throws {CliError} `NOT_A_MODEL`
 */
export function recipeOf(
  { params }: LoadedModel,
  folder: string,
): { readonly recipe: TableRecipe; readonly learned: Learned } {
  const { recipe, learned } = params;
  if (typeof recipe === 'object' && recipe !== null && typeof learned === 'object' && learned !== null)
    return { recipe: recipe as TableRecipe, learned: learned as Learned };
  throw new CliError('NOT_A_MODEL', `${folder}/params.json holds no recipe.`, 'Train the model again: assay train');
}

/** The study file that a model was trained by. @throws {CliError} `STUDY_FILE_NOT_FOUND` */
export function studyFileOf({ params }: LoadedModel, folder: string): string {
  if (typeof params.studyFile === 'string') return params.studyFile;
  const message = `${folder}/params.json names no study file.`;
  throw new CliError('STUDY_FILE_NOT_FOUND', message, 'Give it with --study-file.');
}

/**
 * Other files split otherwise: rows that the model was trained on would pass for rows that it has not seen.
 * @param otherwise the other way out
 * @throws {CliError} `DATA_CHANGED`
 */
export function requireSameRows(params: LoadedModel['params'], key: string, otherwise: string): void {
  const data = params.data as { readonly key?: string; readonly description?: string } | undefined;
  if (data?.key === undefined || data.key === key) return;
  throw new CliError(
    'DATA_CHANGED',
    `The model was trained on other rows (${data.description ?? 'unknown'}) than the study finds now.`,
    `Put the files (or ASSAY_DATA) back as they were, or ${otherwise}`,
  );
}
