import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../dataset.js';
import type { Manifest } from '../manifest.js';
import { prepareTable } from '../prepare-table.js';
import { hasTaxiData, taxiData, whenTaxiData } from '../testing/assay-data.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { taxifareRecipe } from './taxifare-recipe.js';

async function prepared(train: string, validation?: string): Promise<{ dir: string; manifest: Manifest }> {
  return prepareTable({
    recipe: taxifareRecipe(),
    train,
    ...(validation !== undefined && { validation }),
    outDir: temporaryFolder(),
  });
}

/** Mean absolute error of the least-squares line of fare on Manhattan distance. */
function lineError(
  train: readonly (readonly [number, number])[],
  validation: readonly (readonly [number, number])[],
): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(train.map(([x]) => x)), mean(train.map(([, y]) => y))];
  const slope = mean(train.map(([x, y]) => (x - mx) * (y - my))) / mean(train.map(([x]) => (x - mx) ** 2));
  return mean(validation.map(([x, y]) => Math.abs(my + slope * (x - mx) - y)));
}

describe('taxi fare recipe on real rides', () => {
  it.skipIf(!hasTaxiData).each([
    { file: 'train_1k.csv', kept: 971, zero: 24 },
    { file: 'train_10k.csv', kept: 9_730, zero: 186 },
    { file: 'train_50k.csv.gz', kept: 48_697, zero: 914 },
    { file: 'train_100k.csv.gz', kept: 98_626, zero: 908 },
    { file: 'val_1k.csv', kept: 976, zero: 16 },
    { file: 'val_10k.csv.gz', kept: 9_768, zero: 158 },
    { file: 'dirty_16k.csv.gz', kept: 15_531, zero: undefined },
  ])(`keeps $kept rows of $file${whenTaxiData}`, async ({ file, kept, zero }) => {
    const { manifest } = await prepared(taxiData(file));
    const [source] = manifest.sources;
    expect(source!.kept.train + source!.kept.test).toBe(kept);
    expect(manifest.malformed).toBe(0);
    expect(manifest.rowBytes).toBe(44);
    expect(manifest.dropped.duplicate).toBe(0);
    expect(manifest.dropped['missing value']).toBe(file.startsWith('dirty') ? 79 : 0);
    if (zero !== undefined) expect(manifest.dropped['all coordinates zero']).toBe(zero);
    expect(source!.rows - kept).toBe(Object.values(manifest.dropped).reduce((a, b) => a + b, 0));
    // Hoeffding: a fair 15 % hash is off by more than sqrt(ln(2 / a) / 2n) with probability below a = 1e-6.
    expect(Math.abs(source!.kept.test / kept - 0.15)).toBeLessThan(Math.sqrt(Math.log(2e6) / (2 * kept)));
  });

  it.skipIf(!hasTaxiData)(`keeps the same row on the same side in a larger file${whenTaxiData}`, async () => {
    const rows = async (name: string): Promise<Record<'train' | 'test', string[]>> => {
      const { dir } = await prepared(taxiData(name));
      const { manifest, readShard } = await openDataset(dir);
      const keys = async (split: 'train' | 'test'): Promise<string[]> => {
        const shards = await Promise.all(manifest.splits[split].shards.map((_, i) => readShard(split, i)));
        return shards.flatMap(({ rows: n, x, y }) =>
          Array.from({ length: n }, (_, r) => `${x.subarray(r * 10, (r + 1) * 10).join()} ${y[r]}`),
        );
      };
      return { train: await keys('train'), test: await keys('test') };
    };
    const [small, large] = [await rows('train_1k.csv'), await rows('train_10k.csv')];
    expect(large.train.slice(0, small.train.length)).toEqual(small.train);
    expect(large.test.slice(0, small.test.length)).toEqual(small.test);
    const test = new Set(large.test);
    expect(large.train.filter((row) => test.has(row))).toEqual([]);
  });

  it.skipIf(!hasTaxiData)(`prepares gzipped and plain text alike${whenTaxiData}`, async () => {
    const plain = join(temporaryFolder(), 'val_10k.csv');
    await pipeline(createReadStream(taxiData('val_10k.csv.gz')), createGunzip(), createWriteStream(plain));
    const [a, b] = [await prepared(taxiData('val_10k.csv.gz')), await prepared(plain)];
    expect(b.manifest.splits).toEqual(a.manifest.splits);
  });

  it.skipIf(!hasTaxiData)(
    `meets the yardstick: a line on Manhattan distance errs by 2.53 dollars${whenTaxiData}`,
    async () => {
      const { dir } = await prepared(taxiData('train_50k.csv.gz'), taxiData('val_10k.csv.gz'));
      const { manifest, readShard } = await openDataset(dir);
      expect(manifest.splits.train.shards.map(({ rows }) => rows)).toEqual([6934, 6934, 6934, 6933, 6933, 6933]);
      const pairs = async (split: 'train' | 'validation'): Promise<[number, number][]> => {
        const shards = await Promise.all(manifest.splits[split].shards.map((_, i) => readShard(split, i)));
        return shards.flatMap(({ rows, x, y }) =>
          Array.from({ length: rows }, (_, row): [number, number] => [x[row * 10 + 7]!, y[row]!]),
        );
      };
      expect(lineError(await pairs('train'), await pairs('validation'))).toBeCloseTo(2.528, 1);
      expect(manifest.label.mean).toBeCloseTo(11.3, 1);
    },
  );
});
