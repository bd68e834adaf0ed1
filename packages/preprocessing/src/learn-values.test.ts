import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataset } from './dataset.js';
import { type PreparedTable, type PrepareOptions, type PrepareProgress, prepareTable } from './prepare-table.js';
import { category, pair } from './recipe/category-builders.js';
import { standardized, weekday } from './recipe/number-builders.js';
import { type RecipeDeclaration, recipe } from './recipe/recipe.js';
import { between } from './recipe/rule-builders.js';
import { splitByGroup, splitByRows, splitByTime } from './recipe/split-builders.js';
import { SPLIT_NAMES, type SplitName } from './split-rule.js';
import { temporaryFolder } from './testing/temporary-folder.js';
import { transformRows } from './transform-rows.js';

const HEADER = 'when,zone,x,y\n';
const DAY_MS = 86_400_000;

/** One row a day from 2014-01-01 on: y is the day; zones a, b, c come in the shares 1/2, 1/3, 1/6; x is 100 too high in zone c. */
const ROWS = Array.from({ length: 600 }, (_, day) => {
  const zone = 'aaabbc'[day % 6]!;
  const when = new Date(Date.UTC(2014, 0, 1) + day * DAY_MS).toISOString().slice(0, 10);
  return `${when} 12:00:00,${zone},${(day % 7) + (zone === 'c' ? 100 : 0)},${day}\n`;
});

const DAYS: RecipeDeclaration = {
  name: 'days',
  columns: { when: 'timestamp', zone: 'text', x: 'number', y: 'number' },
  label: 'y',
  features: { x: standardized('x'), zone: category('zone'), both: pair('zone', weekday('when'), { min: 20 }) },
  split: splitByRows({ validation: 0.2, test: 0.2 }),
};

function csv(rows: readonly string[]): string {
  const file = join(temporaryFolder(), 'rows.csv');
  writeFileSync(file, HEADER + rows.join(''));
  return file;
}

function prepare(
  changes: Partial<RecipeDeclaration> = {},
  options: Partial<PrepareOptions> = {},
): Promise<PreparedTable> {
  return prepareTable({
    recipe: recipe({ ...DAYS, ...changes }),
    train: csv(ROWS),
    outDir: temporaryFolder(),
    ...options,
  });
}

async function rowsOf({ dir }: PreparedTable, split: SplitName): Promise<{ x: number[][]; y: number[] }> {
  const { manifest, readShard } = await openDataset(dir);
  const shards = await Promise.all(manifest.splits[split].shards.map((_, index) => readShard(split, index)));
  const width = manifest.features.length;
  const x = shards.flatMap((shard) =>
    Array.from({ length: shard.rows }, (_, row) => [...shard.x.subarray(row * width, (row + 1) * width)]),
  );
  return { x, y: shards.flatMap(({ y }) => [...y]) };
}

describe('what a recipe learns', () => {
  it('comes from the training rows alone', async () => {
    const prepared = await prepare();
    const { y } = await rowsOf(prepared, 'train');
    const values = y.map((day) => (day % 7) + ('aaabbc'[day % 6] === 'c' ? 100 : 0));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const { learned, features, featureStatistics } = prepared.manifest;
    expect(learned.features.x).toMatchObject({ kind: 'moments', mean: expect.closeTo(mean, 9) as number });
    expect(learned.features.zone).toMatchObject({ categories: ['a', 'b', 'c'], others: 0 });
    expect(features[1]).toEqual({ name: 'zone', categories: ['a', 'b', 'c'] });
    expect(featureStatistics[0]).toMatchObject({
      mean: expect.closeTo(0, 6) as number,
      std: expect.closeTo(1, 6) as number,
    });
    const counts = ['a', 'b', 'c'].map((zone) => y.filter((day) => 'aaabbc'[day % 6] === zone).length);
    expect(featureStatistics[1]).toEqual({ kind: 'category', counts, none: 0 });
  });

  it('leaves out rows that the rules drop', async () => {
    const { manifest } = await prepare({ rules: [between('x', 0, 50)] });
    expect(manifest.learned.features.zone).toMatchObject({ categories: ['a', 'b'] });
    expect(manifest.dropped['not: x between 0 and 50']).toBe(100);
  });

  it('does not depend on chunks, nor on how many files the rows come in', async () => {
    const one = await prepare();
    const parts = [csv(ROWS.slice(0, 250)), csv(ROWS.slice(250))];
    for (const options of [{ chunkRows: 7 }, { train: parts }]) {
      const other = await prepare({}, options);
      expect(other.manifest.learned).toEqual(one.manifest.learned);
      expect(other.manifest.splits).toEqual(one.manifest.splits);
    }
  });

  it('turns rows to predict into what was stored of them', async () => {
    const prepared = await prepare();
    const { x, y } = await rowsOf(prepared, 'test');
    const cells = y.map((day) => ROWS[day]!.trim().split(','));
    const records = cells.map(([when, zone, value]) => ({ when: when!, zone: zone!, x: value! }));
    const { recipe: used, learned } = prepared.manifest;
    expect([...transformRows(used, learned, records).x]).toEqual(x.flat());
    const stranger = transformRows(used, learned, [{ when: '2014-01-01 00:00:00', zone: 'z', x: '3' }]);
    expect([...stranger.x.subarray(1)]).toEqual([-1, -1]);
  });

  it('is said while it is learned, and takes no pass where there is nothing to learn', async () => {
    const seen: PrepareProgress[] = [];
    await prepare({}, { chunkRows: 300, onProgress: (progress) => seen.push(progress) });
    const learning = seen.filter(({ phase }) => phase === 'learning');
    expect(learning.map(({ rows }) => rows)).toEqual([300, 600]);
    expect(learning.at(-1)?.bytesRead).toBe(learning.at(-1)?.bytesTotal);
    seen.length = 0;
    await prepare({ features: { x: 'x' } }, { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ phase }) => phase)).not.toContain('learning');
  });

  it('may be nothing: no zone is as frequent as it would have to be', async () => {
    const { manifest } = await prepare({ features: { x: 'x', zone: category('zone', { min: 500 }) } });
    expect(manifest.learned.features.zone).toEqual({ kind: 'categories', categories: [], others: 3, shortfall: 0 });
    expect(manifest.featureStatistics[1]).toEqual({ kind: 'category', counts: [], none: manifest.splits.train.rows });
  });
});

describe('a split', () => {
  it.each([
    { name: 'by rows', split: splitByRows({ validation: 0.2, test: 0.1 }) },
    { name: 'by moments', split: splitByTime('when', { validationFrom: '2015-01-01', testFrom: '2015-06-01' }) },
    { name: 'by the latest rows', split: splitByTime('when', { validation: 0.2, test: 0.1 }) },
    { name: 'inside every group', split: splitByGroup('zone', { validation: 0.2, test: 0.1 }) },
  ])('$name puts every row on one side, and nothing is learned from the others', async ({ split }) => {
    const prepared = await prepare({ split });
    const sides = await Promise.all(SPLIT_NAMES.map(async (name) => (await rowsOf(prepared, name)).y));
    expect(sides.every((days) => days.length > 20)).toBe(true);
    expect(sides.flat().sort((a, b) => a - b)).toEqual(ROWS.map((_, day) => day));
    const values = sides[0]!.map((day) => (day % 7) + ('aaabbc'[day % 6] === 'c' ? 100 : 0));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(prepared.manifest.learned.features.x).toMatchObject({ mean: expect.closeTo(mean, 9) as number });
    expect(prepared.manifest.recipe.split).toEqual(split);
  });

  it('inside every group gives each its shares', async () => {
    const prepared = await prepare({ split: splitByGroup('zone', { validation: 0.2, test: 0.1 }) });
    const { y } = await rowsOf(prepared, 'validation');
    for (const [zone, rows] of [
      ['a', 300],
      ['b', 200],
      ['c', 100],
    ] as const)
      expect(Math.abs(y.filter((day) => 'aaabbc'[day % 6] === zone).length - 0.2 * rows)).toBeLessThan(3);
  });

  it('by the latest rows takes its shares from the end, disjoint', async () => {
    const shuffled = ROWS.map((row, day) => ({ row, at: (day * 389) % 600 })).sort((a, b) => a.at - b.at);
    const train = csv(shuffled.map(({ row }) => row));
    const prepared = await prepare({ split: splitByTime('when', { validation: 0.1, test: 0.2 }) }, { train });
    const days = async (split: SplitName): Promise<number[]> => (await rowsOf(prepared, split)).y.sort((a, b) => a - b);
    const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
    expect(await days('train')).toEqual(range(0, 420));
    expect(await days('validation')).toEqual(range(420, 480));
    expect(await days('test')).toEqual(range(480, 600));
  });

  it('halves a validation file, and keeps a test file whole', async () => {
    const prepared = await prepare(
      { split: splitByRows({ validationFile: { test: 0.5 } }) },
      { train: csv(ROWS.slice(0, 200)), validation: csv(ROWS.slice(200, 500)), test: csv(ROWS.slice(500)) },
    );
    const [train, validation, test] = [
      (await rowsOf(prepared, 'train')).y,
      (await rowsOf(prepared, 'validation')).y,
      (await rowsOf(prepared, 'test')).y,
    ];
    expect(train).toEqual(ROWS.slice(0, 200).map((_, day) => day));
    expect([...validation, ...test].sort((a, b) => a - b)).toEqual(ROWS.slice(200).map((_, i) => 200 + i));
    expect(validation.every((day) => day < 500)).toBe(true);
    // Hoeffding: a fair half of 300 is off by more than 52 rows with probability below 2 exp(-2 * 52^2 / 300) = 3e-8.
    expect(Math.abs(validation.length - 150)).toBeLessThan(52);
  });
});
