import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ChunkReader } from './chunk-reader.js';
import { createCsvReader } from './csv-reader.js';
import { type PreparedTable, type PrepareOptions, prepareTable } from './prepare-table.js';
import { category } from './recipe/category-builders.js';
import { standardized } from './recipe/number-builders.js';
import { type RecipeDeclaration, recipe } from './recipe/recipe.js';
import { between, unique } from './recipe/rule-builders.js';
import { splitByRows } from './recipe/split-builders.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const MONTHS: RecipeDeclaration = {
  name: 'months',
  columns: { n: 'number', word: 'text' },
  label: 'n',
  rules: [between('n', 0, 900)],
  features: { n: 'n', word: category('word', { known: ['a', 'b'] }) },
  split: splitByRows({ validation: 0.2, test: 0.2 }),
};

/** Four files of 100 rows, each with one row that is malformed and one that is out of range. */
function months(folder: string): string[] {
  return Array.from({ length: 4 }, (_, month) => {
    const rows = Array.from({ length: 100 }, (_, row) => `${month * 100 + row},${'ab'[row % 2]}\n`);
    return written(join(folder, `month-${month}.csv`), rows);
  });
}

function written(file: string, rows: readonly string[]): string {
  writeFileSync(file, `n,word\n${rows.join('')}oops,a\n999,a\n`);
  return file;
}

/** Rows of learned categories and moments; of four files the last is for validation. */
const LEARNING: Partial<RecipeDeclaration> = { features: { n: standardized('n'), word: category('word') } };

/** Prepares, and says which files were read for it. */
async function prepare(
  files: readonly string[],
  outDir: string,
  changes: Partial<RecipeDeclaration> = {},
  options: Partial<PrepareOptions> = {},
) {
  const csv = createCsvReader();
  const read: string[] = [];
  const reader: ChunkReader = {
    ...csv,
    read: (source, options) => {
      read.push(String(source).slice(-'month-0.csv'.length));
      return csv.read(source, options);
    },
  };
  const prepared = await prepareTable({
    recipe: recipe({ ...MONTHS, ...changes }),
    train: files,
    outDir,
    reader,
    maxBad: 0.5,
    chunkRows: 30,
    ...options,
  });
  return { prepared, read };
}

/** Everything that a prepared folder holds. */
function contents({ dir }: PreparedTable): Record<string, string> {
  return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'base64')]));
}

describe('of several files', () => {
  it('only one that changed is read again, with the same bytes as if all were', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    const first = await prepare(files, outDir);
    expect([first.read.length, first.prepared.reusedFiles]).toEqual([4, 0]);
    written(files[2]!, ['250,b\n', '251,a\n', '252,a\n']);
    const again = await prepare(files, outDir);
    expect(again.read).toEqual(['month-2.csv']);
    expect(again.prepared.reusedFiles).toBe(3);
    expect((await prepare(files, outDir)).prepared).toMatchObject({ cached: true, reusedFiles: 0 });
    const afresh = await prepare(files, temporaryFolder());
    expect(contents(again.prepared)).toEqual(contents(afresh.prepared));
    expect(again.prepared.manifest.malformed).toBe(4);
  });

  it('a new one is read alone, and one that is gone needs no reading', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    await prepare(files.slice(0, 3), outDir);
    expect((await prepare(files, outDir)).read).toEqual(['month-3.csv']);
    expect((await prepare(files.slice(1), outDir)).read).toEqual([]);
  });

  it('all are read again for another recipe, and where rows are compared across files', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    await prepare(files, outDir);
    expect((await prepare(files, outDir, { rules: [] })).read).toHaveLength(4);
    const compared = { rules: [unique(['n'])] };
    await prepare(files, outDir, compared);
    written(files[0]!, ['1,a\n', '2,a\n']);
    expect((await prepare(files, outDir, compared)).read).toHaveLength(4);
  });

  it('none is taken from a part that is damaged', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    await prepare(files, outDir);
    for (const part of readdirSync(join(outDir, 'parts'))) truncateSync(join(outDir, 'parts', part, 'train.x'), 8);
    written(files[0]!, ['1,a\n', '2,a\n']);
    const again = await prepare(files, outDir);
    expect(again.read).toHaveLength(4);
    expect(contents(again.prepared)).toEqual(contents((await prepare(files, temporaryFolder())).prepared));
  });

  it('parts that nobody has used for a week are removed', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    await prepare(files, outDir);
    const [old, ...others] = readdirSync(join(outDir, 'parts')).map((name) => join(outDir, 'parts', name));
    const longAgo = new Date(Date.now() - 8 * 86_400_000);
    utimesSync(old!, longAgo, longAgo);
    await prepare(files, outDir);
    expect([old!, ...others].map((part) => existsSync(part))).toEqual([false, true, true, true]);
  });

  it('parts that cannot be looked at are no parts that are gone', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    await prepare(files, outDir);
    symlinkSync('loop', join(outDir, 'parts', 'loop'));
    await expect(prepare(files, outDir)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', cause: { code: 'ELOOP' } });
  });

  it('two are too few to keep parts of', async () => {
    const outDir = temporaryFolder();
    await prepare(months(temporaryFolder()).slice(0, 2), outDir);
    expect(existsSync(join(outDir, 'parts'))).toBe(false);
  });
});

describe('of several files, where the recipe learns from the training rows', () => {
  const learning = (files: readonly string[], outDir: string, options: Partial<PrepareOptions> = {}) =>
    prepare(files, outDir, LEARNING, { train: files.slice(0, 3), validation: files.slice(3), ...options });
  const ofMonths = (...numbers: readonly number[]): string[] => numbers.map((month) => `month-${month}.csv`);

  it('a validation file that changed is read alone: nothing is learned anew', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    expect((await learning(files, outDir)).read).toEqual(ofMonths(0, 1, 2, 0, 1, 2, 3));
    written(files[3]!, ['350,b\n', '351,a\n', '352,c\n', '353,c\n']);
    const again = await learning(files, outDir);
    expect(again.read).toEqual(ofMonths(3));
    expect(contents(again.prepared)).toEqual(contents((await learning(files, temporaryFolder())).prepared));
  });

  it('shards of another size need no reading', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    await learning(files, outDir);
    expect((await learning(files, outDir, { shardRows: 50 })).read).toEqual([]);
  });

  it('all are read again for a training file that changed what is learned', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    await learning(files, outDir);
    written(files[2]!, ['250,b\n', '251,a\n', '252,a\n']);
    const again = await learning(files, outDir);
    expect(again.read).toEqual(ofMonths(0, 1, 2, 0, 1, 2, 3));
    expect(contents(again.prepared)).toEqual(contents((await learning(files, temporaryFolder())).prepared));
  });

  it('training files are read for learning where only what they hold beside it changed', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    await learning(files, outDir);
    appendFileSync(files[2]!, '999,a\n'); // out of range: no row more, and the same is learned
    expect((await learning(files, outDir)).read).toEqual(ofMonths(0, 1, 2, 2));
  });

  it('what was learned is learned again where its memory is damaged', async () => {
    const [folder, outDir] = [temporaryFolder(), temporaryFolder()];
    const files = months(folder);
    await learning(files, outDir);
    for (const name of readdirSync(join(outDir, 'parts')))
      if (name.endsWith('.learned.json')) truncateSync(join(outDir, 'parts', name), 8);
    written(files[3]!, ['350,b\n', '351,a\n']);
    expect((await learning(files, outDir)).read).toEqual(ofMonths(0, 1, 2, 3));
  });
});
