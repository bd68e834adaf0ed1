import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { duplicateWindowRows } from './duplicate-window.js';
import type { InputFile } from './input-file.js';
import { LAYOUT_VERSION } from './manifest.js';
import type { Learned } from './recipe/feature-set.js';
import type { TableRecipe } from './table-recipe.js';

/** Raise with every change of this package that can change a prepared byte: grammar, cleaning, hash, split, statistics. */
const CODE_VERSION = 2;

/** What stands for this code in the keys of all that it prepares. */
export function dataVersion({ columns }: TableRecipe) {
  return { layout: LAYOUT_VERSION, code: CODE_VERSION, duplicateWindow: duplicateWindowRows(columns.length) };
}

/**
 * SHA-256 (hex) over everything that decides what a prepared dataset holds: the files' contents and order, the recipe, the
 * reader's dialect, the shard size, what was learned elsewhere and the version of this code. Not the chunk size, which decides nothing, nor paths and names.
 */
export function cacheKey(
  recipe: TableRecipe,
  inputs: readonly InputFile[],
  shardRows: number,
  dialect: string,
  learned: Learned | null,
): string {
  const made = {
    ...dataVersion(recipe),
    dialect,
    shardRows,
    inputs: inputs.map(({ role, sha256, name }) => ({ role, sha256, format: extname(name) })),
    recipe,
    ...(learned !== null && { learned }),
  };
  return createHash('sha256').update(JSON.stringify(made)).digest('hex');
}
