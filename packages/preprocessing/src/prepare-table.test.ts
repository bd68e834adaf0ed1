import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDataset } from './dataset.js';
import { type PrepareOptions, type PrepareProgress, prepareTable } from './prepare-table.js';
import { category } from './recipe/category-builders.js';
import { recipe } from './recipe/recipe.js';
import { compare, dropIf } from './recipe/rule-builders.js';
import { splitByRows } from './recipe/split-builders.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const LETTERS = category('word', { known: ['x', 'xx', 'xxx', 'xxxx', 'xxxxx'] });

/** A number and a category of a text column; drops what is above 90. */
const SMALL = recipe({
  name: 'small',
  columns: { n: 'number', word: 'text', extra: 'integer?' },
  label: 'n',
  rules: [dropIf('too large', compare('n', '>', 90))],
  features: { number: { n: 'n' }, word: { letters: LETTERS } },
  split: splitByRows({ test: 0.2, validation: 0.1 }),
});

const ALL_TRAIN = { ...SMALL, split: splitByRows({}) };

function table(rows: readonly string[], name = 'table.csv'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, `n,word\n${rows.map((row) => `${row}\n`).join('')}`);
  return file;
}

const CLEAN = Array.from({ length: 60 }, (_, i) => `${i},${'x'.repeat(1 + (i % 5))}`);

function prepare(options: Partial<PrepareOptions> = {}): ReturnType<typeof prepareTable> {
  return prepareTable({ recipe: SMALL, train: table(CLEAN), outDir: temporaryFolder(), ...options });
}

function contents(dir: string): Record<string, string> {
  return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name)).toString('base64')]));
}

describe('prepareTable', () => {
  it('gives the same bytes whatever the chunk size', async () => {
    const row = fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(fc.integer({ min: 0, max: 99 }), fc.constantFrom('a', 'bb', ''))
          .map(([n, word]) => `${n},${word}`),
      },
      { weight: 1, arbitrary: fc.constantFrom('x,a', ',a', '1', '1,"a', '', '5,"a,b"') },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, chunkRows, shardRows) => {
          const train = table([...rows, ...CLEAN.slice(0, 20)]);
          const options = { train, shardRows, maxBad: 1 };
          const [a, b] = [await prepare({ ...options, chunkRows }), await prepare({ ...options, chunkRows: 1000 })];
          expect(contents(a.dir)).toEqual(contents(b.dir));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('counts every row once: malformed, dropped under its first reason, or kept in a split', async () => {
    const rows = ['1,a', '1,a', ',a', '2,', '95,a', 'x,a', '3', '4,"a', '1e39,a', ...CLEAN.slice(10)];
    const { manifest, dir } = await prepare({ train: table(rows), maxBad: 0.5, recipe: { ...SMALL, rules: [] } });
    expect(manifest.dropped).toEqual({ duplicate: 1, 'missing value': 2, 'feature or label not finite': 1 });
    expect(manifest.malformed).toBe(3);
    expect(manifest.firstRejects).toEqual([
      { file: 'table.csv', line: 7, reason: 'n: "x" is no number' },
      { file: 'table.csv', line: 8, reason: '1 columns instead of 2' },
      { file: 'table.csv', line: 9, reason: 'broken quoting' },
    ]);
    expect(readFileSync(join(dir, 'rejects.csv'), 'utf8')).toBe(
      'file,line,reason\n"table.csv",7,"n: ""x"" is no number"\n"table.csv",8,"1 columns instead of 2"\n"table.csv",9,"broken quoting"\n',
    );
    const [source] = manifest.sources;
    const kept = Object.values(source!.kept).reduce((a, b) => a + b, 0);
    expect(source!.rows).toBe(rows.length);
    expect(kept).toBe(rows.length - 3 - 4);
    expect(manifest.splits.train.rows + manifest.splits.validation.rows + manifest.splits.test.rows).toBe(kept);
  });

  it('drops under the first rule only, and tells the rules apart', async () => {
    const { manifest } = await prepare({ train: table([...CLEAN, '95,a', '96,a', ',a']) });
    expect(manifest.dropped).toMatchObject({ 'too large': 2, 'missing value': 1 });
  });

  it('splits a training file into disjoint sets and adds validation files to one', async () => {
    const { dir, manifest } = await prepare({ validation: table(['70,v', '71,v'], 'val.csv') });
    const { readShard } = await openDataset(dir);
    const labels = async (split: 'train' | 'validation' | 'test'): Promise<number[]> => {
      const shards = await Promise.all(manifest.splits[split].shards.map((_, i) => readShard(split, i)));
      return shards.flatMap(({ y }) => [...y]);
    };
    const [train, validation, test] = [await labels('train'), await labels('validation'), await labels('test')];
    expect(validation.slice(-2)).toEqual([70, 71]);
    expect([...train, ...validation, ...test].sort((a, b) => a - b)).toEqual([...CLEAN.map((_, i) => i), 70, 71]);
    expect(train).toEqual([...train].sort((a, b) => a - b)); // file order
  });

  it.each([
    { rows: 60, shardRows: 60, sizes: [60] },
    { rows: 60, shardRows: 59, sizes: [30, 30] },
    { rows: 59, shardRows: 20, sizes: [20, 20, 19] },
    { rows: 3, shardRows: 1, sizes: [1, 1, 1] },
  ])('cuts $rows rows into shards of at most $shardRows: $sizes', async ({ rows, shardRows, sizes }) => {
    const { manifest, dir } = await prepare({
      train: table(CLEAN.slice(0, rows)),
      shardRows,
      recipe: ALL_TRAIN,
    });
    expect(manifest.splits.train.shards.map((shard) => shard.rows)).toEqual(sizes);
    const { readShard } = await openDataset(dir);
    const shards = await Promise.all(sizes.map((_, i) => readShard('train', i)));
    expect(shards.flatMap(({ y }) => [...y])).toEqual(CLEAN.slice(0, rows).map((_, i) => i));
    expect(shards.flatMap(({ x }) => [...x])).toEqual(CLEAN.slice(0, rows).flatMap((_, i) => [i, i % 5]));
    expect(existsSync(join(dir, 'train.x.spool'))).toBe(false);
  });

  it('keeps statistics of the training rows alone', async () => {
    const { manifest } = await prepare({
      train: table(['2,xx', '4,x', '6,x', '8,rare']),
      validation: table(['80,xx']),
      recipe: ALL_TRAIN,
    });
    expect(manifest.label).toEqual({ name: 'n', mean: 5, std: Math.sqrt(5), min: 2, max: 8 });
    expect(manifest.featureStatistics).toEqual([
      { kind: 'number', mean: 5, std: Math.sqrt(5), min: 2, max: 8 },
      { kind: 'category', counts: [2, 1, 0, 0, 0], none: 1 },
    ]);
  });

  it('tells how far it is', async () => {
    const seen: PrepareProgress[] = [];
    const { manifest } = await prepare({ chunkRows: 25, onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ phase }) => phase)).toEqual(['hashing', 'reading', 'reading', 'reading', 'sharding']);
    expect(seen.map(({ rows }) => rows)).toEqual([0, 25, 50, 60, 60]);
    const last = seen.at(-1)!;
    expect(last.bytesRead).toBe(last.bytesTotal);
    expect(last.kept).toEqual(manifest.sources[0]!.kept);
    expect(last.residentBytes).toBeGreaterThan(1e6);
  });
});

describe('prepareTable, when asked again', () => {
  it('reuses what is there, also for a copy of the file elsewhere', async () => {
    const [outDir, train] = [temporaryFolder(), table(CLEAN)];
    const first = await prepare({ outDir, train });
    const again = await prepare({ outDir, train, chunkRows: 7 });
    const copy = table([]);
    copyFileSync(train, copy);
    const elsewhere = await prepare({ outDir, train: copy });
    expect([first, again, elsewhere].map(({ cached }) => cached)).toEqual([false, true, true]);
    expect(again).toEqual({ ...first, cached: true });
  });

  it.each<{ name: string; change: () => Partial<PrepareOptions> }>([
    { name: 'the file', change: () => ({ train: table([...CLEAN, '61,x']) }) },
    { name: 'a validation file', change: () => ({ validation: table(CLEAN) }) },
    { name: 'the shard size', change: () => ({ shardRows: 10 }) },
    { name: 'a rule', change: () => ({ recipe: { ...SMALL, rules: [dropIf('too large', compare('n', '>', 91))] } }) },
    { name: 'the split', change: () => ({ recipe: { ...SMALL, split: splitByRows({ test: 0.3 }) } }) },
    { name: 'a file becomes a test file', change: () => ({ test: table(CLEAN.slice(5)) }) },
  ])('prepares again when $name changes', async ({ change }) => {
    const [outDir, train] = [temporaryFolder(), table(CLEAN)];
    const first = await prepare({ outDir, train });
    const second = await prepare({ outDir, train, ...change() });
    expect(second.cached).toBe(false);
    expect(second.dir).not.toBe(first.dir);
  });

  it('notices a file changed in place, even one with the same size and modification time', async () => {
    const [outDir, train] = [temporaryFolder(), table(CLEAN)];
    const longAgo = new Date('2020-01-01');
    utimesSync(train, longAgo, longAgo);
    const first = await prepare({ outDir, train });
    writeFileSync(train, readFileSync(train, 'utf8').replace('59,xxxxx', '58,xxxxx'));
    utimesSync(train, longAgo, longAgo);
    const second = await prepare({ outDir, train });
    expect(second.cached).toBe(false);
    expect(second.dir).not.toBe(first.dir);
  });

  it('refuses a cached dataset that is damaged, naming the file', async () => {
    const [outDir, train] = [temporaryFolder(), table(CLEAN)];
    const { dir } = await prepare({ outDir, train });
    truncateSync(join(dir, 'train-00000.x.npy'), 100);
    await expect(prepare({ outDir, train })).rejects.toMatchObject({
      code: 'DATASET_DAMAGED',
      file: join(dir, 'train-00000.x.npy'),
    });
    rmSync(join(dir, 'train-00000.x.npy'));
    await expect(prepare({ outDir, train })).rejects.toMatchObject({ code: 'DATASET_DAMAGED' });
    writeFileSync(join(dir, 'manifest.json'), '{"layout":');
    await expect(prepare({ outDir, train })).rejects.toMatchObject({
      code: 'DATASET_DAMAGED',
      file: join(dir, 'manifest.json'),
    });
  });

  it('holds what was prepared leniently to a stricter limit', async () => {
    const [outDir, train] = [temporaryFolder(), table([...CLEAN, 'x,a'])];
    await prepare({ outDir, train, maxBad: 0.1 });
    await expect(prepare({ outDir, train, maxBad: 0 })).rejects.toMatchObject({ code: 'TOO_MANY_BAD_ROWS' });
  });
});

describe('prepareTable refuses', () => {
  const outcome = async (options: Partial<PrepareOptions>): Promise<{ error: unknown; left: string[] }> => {
    const outDir = temporaryFolder();
    const error = await prepare({ outDir, ...options }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { error, left: readdirSync(outDir).filter((name) => name !== 'input-hashes.json') };
  };

  it('more malformed rows than allowed, and keeps the list of them', async () => {
    const { error, left } = await outcome({ train: table([...CLEAN, 'x,a', 'y,a']), maxBad: 0.03 });
    expect(error).toMatchObject({
      code: 'TOO_MANY_BAD_ROWS',
      message: expect.stringMatching(/^table\.csv: 2 of 62 rows.*line 62: n: "x" is no number.*rejects\.csv/) as string,
    });
    expect(left).toEqual([expect.stringMatching(/^small-.*\.rejects\.csv$/)]);
    expect((await outcome({ train: table([...CLEAN, 'x,a', 'y,a']), maxBad: 0.04 })).error).toBeUndefined();
  });

  it.each<{ name: string; code: string; options: () => Partial<PrepareOptions> }>([
    { name: 'a file that is not there', code: 'FILE_NOT_FOUND', options: () => ({ train: 'none.csv' }) },
    { name: 'no file', code: 'BAD_OPTION', options: () => ({ train: [] }) },
    { name: 'half a row a chunk', code: 'BAD_OPTION', options: () => ({ chunkRows: 0.5 }) },
    { name: 'no row a shard', code: 'BAD_OPTION', options: () => ({ shardRows: 0 }) },
    { name: 'a share above 1', code: 'BAD_OPTION', options: () => ({ maxBad: 1.5 }) },
    {
      name: 'a split of all rows',
      code: 'BAD_OPTION',
      options: () => ({ recipe: { ...SMALL, split: { ...ALL_TRAIN.split, test: 0.5, validation: 0.5 } } }),
    },
    {
      name: 'a label that is the same in every row',
      code: 'CONSTANT_LABEL',
      options: () => ({ train: table(['7,x', '7,xx', '7,xxx']), recipe: ALL_TRAIN }),
    },
    { name: 'a recipe named like a path', code: 'BAD_OPTION', options: () => ({ recipe: { ...SMALL, name: '../x' } }) },
    { name: 'a table without a clean row', code: 'NO_ROWS_LEFT', options: () => ({ train: table(['91,a', '92,a']) }) },
    {
      name: 'a validation file without a clean row',
      code: 'NO_ROWS_LEFT',
      options: () => ({ validation: table(['91,a']), recipe: ALL_TRAIN }),
    },
  ])('$name, and leaves nothing behind', async ({ options, code }) => {
    const { error, left } = await outcome(options());
    expect(error).toMatchObject({ name: 'PreprocessingError', code });
    expect(left).toEqual([]);
  });

  it('to go on when aborted, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const { error, left } = await outcome({
      chunkRows: 5,
      signal: controller.signal,
      onProgress: ({ rows }) => rows > 20 && controller.abort(new Error('enough')),
    });
    expect(error).toMatchObject({ message: 'enough' });
    expect(left).toEqual([]);
  });

  it('a file that changes while it is read', async () => {
    const train = table(CLEAN);
    const { error, left } = await outcome({
      train,
      chunkRows: 5,
      onProgress: ({ rows }) => rows === 5 && writeFileSync(train, 'n,word\n1,a\n'),
    });
    expect(error).toMatchObject({ code: 'INPUT_CHANGED', file: train });
    expect(left).toEqual([]);
  });

  it('a folder that cannot be made', async () => {
    await expect(prepare({ outDir: join(table(CLEAN), 'under-a-file') })).rejects.toMatchObject({
      code: 'WRITE_FAILED',
    });
  });
});
