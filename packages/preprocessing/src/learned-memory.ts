import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { dataVersion } from './cache-key.js';
import type { InputFile } from './input-file.js';
import type { Learned } from './recipe/feature-set.js';
import type { TableRecipe } from './table-recipe.js';

/** All that decides what is learned. */
export interface LearnedFrom {
  readonly recipe: TableRecipe;
  readonly dialect: string;
  /** The training files, in order. */
  readonly train: readonly InputFile[];
}

/**
 * What was learned from these files before, else what is learned now, which is kept in `dir` beside the rows of single files: so
 * the training files are not read for a change among the others.
 */
export async function rememberedOrLearned(
  dir: string,
  from: LearnedFrom,
  learn: () => Promise<Learned>,
): Promise<Learned> {
  const file = join(dir, `${from.recipe.name}-${keyOf(from)}.learned.json`);
  const remembered = await remembrance(file);
  if (remembered !== undefined) return remembered;
  const learned = await learn();
  if (learned.cuts === null && Object.keys(learned.features).length === 0) return learned;
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(dir, { recursive: true });
  await writeFile(temporary, JSON.stringify(learned), { flush: true });
  await rename(temporary, file);
  return learned;
}

async function remembrance(file: string): Promise<Learned | undefined> {
  try {
    const learned = JSON.parse(await readFile(file, 'utf8')) as Learned;
    const now = new Date();
    await utimes(file, now, now); // what nobody uses for a week is removed
    return learned;
  } catch {
    return undefined; // only a cache: what is gone or damaged is learned again
  }
}

function keyOf({ recipe, dialect, train }: LearnedFrom): string {
  const files = train.map(({ sha256, name }) => ({ sha256, format: extname(name) }));
  return createHash('sha256')
    .update(JSON.stringify({ version: dataVersion(recipe), recipe, dialect, files }))
    .digest('hex')
    .slice(0, 32);
}
