import { join } from 'node:path';
import ngeohash from 'ngeohash';
import { describe, expect, it } from 'vitest';
import { prepareTable } from '../prepare-table.js';
import { TAXI_DISTRICTS } from '../taxi/taxi-districts.js';
import { taxifareRecipe } from '../taxi/taxifare-recipe.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { generateTaxiRides, RIDES_PER_BLOCK, TAXI_HEADER, writeBlock } from './generate-taxi-rides.js';
import { MAX_LINE_BYTES } from './ride-text.js';
import { writeTaxiRides } from './write-taxi-rides.js';

/** Rows of the file that the real shares were measured on, and ours. */
const REAL_ROWS = 50_000;
const N = 200_000;
const textOf = (rows: number, seed: number): string =>
  Array.from(generateTaxiRides({ rows, seed }), (piece) => piece.toString('latin1')).join('');
const ROWS = textOf(N, 1)
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));
const number = (row: readonly string[], column: number): number => Number(row[column]);
const count = (test: (row: readonly string[]) => boolean): number => ROWS.filter(test).length;

const isInside = (row: readonly string[]): boolean =>
  [3, 5].every((c) => number(row, c) >= -74.3 && number(row, c) <= -73.7) &&
  [4, 6].every((c) => number(row, c) >= 40.5 && number(row, c) <= 40.9);
const isZero = (row: readonly string[]): boolean => [3, 4, 5, 6].every((c) => number(row, c) === 0);

/**
 * How far two samples' shares of the same thing lie apart, in standard deviations: beyond 4.9 but for one pair in a million
 * (normal approximation, pooled; good from about ten cases on).
 */
function deviations(found: number, of: number, real: number, ofReal: number): number {
  const pooled = (found + real) / (of + ofReal);
  return Math.abs(found / of - real / ofReal) / Math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / ofReal));
}

describe('generated taxi rides', () => {
  it('repeat for a seed, differ for another, and do not depend on how many follow', () => {
    expect(textOf(2500, 7)).toBe(textOf(2500, 7));
    expect(textOf(2500, 7).startsWith(textOf(1200, 7))).toBe(true);
    expect(textOf(100, 8)).not.toBe(textOf(100, 7));
    expect(textOf(100, 7 + 2 ** 32)).not.toBe(textOf(100, 7));
    expect(textOf(0, 1)).toBe(TAXI_HEADER);
  });

  it('come in blocks that can be made alone, none like another', () => {
    const rows = 2 * RIDES_PER_BLOCK + 10;
    const bytes = Buffer.alloc(RIDES_PER_BLOCK * MAX_LINE_BYTES);
    const blocks = [RIDES_PER_BLOCK, RIDES_PER_BLOCK, 10].map((size, block) =>
      bytes.toString('latin1', 0, writeBlock(bytes, block, size, 5)),
    );
    expect(textOf(rows, 5)).toBe(TAXI_HEADER + blocks.join(''));
    const lines = blocks.flatMap((block) => block.trimEnd().split('\n'));
    expect(lines).toHaveLength(rows);
    expect(new Set(lines).size).toBe(rows);
  });

  it('have the shape of the real file', () => {
    expect(ROWS).toHaveLength(N);
    const isShaped = ([key, , time, ...others]: readonly string[]): boolean =>
      others.length === 5 &&
      /^20(09|1[0-5])-\d\d-\d\d \d\d:\d\d:\d\d UTC$/.test(time!) &&
      key!.slice(0, -8) === time!.slice(0, 19) &&
      /^\.000000[1-9]$/.test(key!.slice(-8));
    expect(ROWS.filter((row) => !isShaped(row))).toEqual([]);
    const times = ROWS.map((row) => row[2]!).sort();
    expect([times[0]!.slice(0, 7), times.at(-1)!.slice(0, 7)]).toEqual(['2009-01', '2015-06']);
  });

  // Counts in the first 50,000 rows of the real training file.
  const dirt = [
    { dirt: 'all coordinates zero', real: 914, found: count(isZero) },
    {
      dirt: 'some coordinate zero',
      real: 1000,
      found: count((row) => [3, 4, 5, 6].some((c) => number(row, c) === 0)),
    },
    { dirt: 'outside New York', real: 1136, found: count((row) => !isInside(row)) },
    { dirt: 'pickup = dropoff', real: 1449, found: count((row) => row[3] === row[5] && row[4] === row[6]) },
    { dirt: 'no passenger', real: 165, found: count((row) => row[7] === '0') },
    { dirt: 'negative fare', real: 6, found: count((row) => number(row, 1) < 0) },
    { dirt: 'free ride', real: 3, found: count((row) => number(row, 1) === 0) },
    {
      dirt: 'swapped coordinates',
      real: 19,
      found: count((row) => number(row, 3) > 40 && number(row, 4) < -73),
    },
    { dirt: 'an impossible latitude', real: 1, found: count((row) => number(row, 4) > 90) },
    { dirt: 'float32 noise', real: 4708, found: count((row) => row[3]!.length > 11) },
    { dirt: 'whole minutes', real: 23_447, found: count((row) => row[2]!.slice(17, 19) === '00') },
    { dirt: 'more passengers than seats', real: 0, found: count((row) => number(row, 7) >= 8) },
    { dirt: 'a fare of 400 dollars', real: 0, found: count((row) => number(row, 1) >= 400) },
  ];
  it.each(dirt)('hold the dirt of the real file: $dirt', ({ real, found }) => {
    expect(real + found === 0 ? 0 : deviations(found, N, real, REAL_ROWS)).toBeLessThan(4.9);
  });
  it.each(dirt.filter(({ real }) => real > 100))('and twice as much $dirt would be noticed', ({ real }) => {
    expect(deviations(2 * real * (N / REAL_ROWS), N, real, REAL_ROWS)).toBeGreaterThan(4.9);
  });

  it('stay within the 20 districts as often as real rides', () => {
    const clean = ROWS.filter((row) => isInside(row));
    const ends = clean.flatMap((row) => [
      districtAt(number(row, 4), number(row, 3)),
      districtAt(number(row, 6), number(row, 5)),
    ]);
    const outside = ends.filter((district) => district === -1).length / ends.length;
    expect(outside).toBeGreaterThan(0.003);
    expect(outside).toBeLessThan(0.012);
  });

  it('cost what real rides cost: quartiles, mean, and the units of the tariff', () => {
    const fares = ROWS.map((row) => number(row, 1))
      .filter((fare) => fare > 0)
      .sort((a, b) => a - b);
    const quartile = (q: number): number => fares[Math.floor(q * fares.length)]!;
    // Real: 6.0, 8.5, 12.5, mean 11.3; within a quarter.
    for (const [q, real] of [
      [0.25, 6],
      [0.5, 8.5],
      [0.75, 12.5],
    ] as const)
      expect(Math.abs(quartile(q) / real - 1)).toBeLessThan(0.25);
    expect(Math.abs(fares.reduce((a, b) => a + b, 0) / fares.length / 11.3 - 1)).toBeLessThan(0.1);
    const cents = (row: readonly string[]): number => Math.round(number(row, 1) * 100);
    const plain = ROWS.filter((row) => cents(row) > 0 && cents(row) < 2000);
    const onUnit = (row: readonly string[]): boolean => (cents(row) - 250) % (row[2]! < '2012-09-04' ? 40 : 50) === 0;
    expect(plain.filter(onUnit).length / plain.length).toBeGreaterThan(0.98);
    for (const flat of [4500, 4980, 5200, 5733]) expect(ROWS.some((row) => cents(row) === flat)).toBe(true);
  });

  it('are prepared with no malformed row', async () => {
    const dir = temporaryFolder();
    const file = join(dir, 'rides.csv');
    await writeTaxiRides(file, { rows: 20_000, seed: 3 });
    const { manifest } = await prepareTable({ recipe: taxifareRecipe(), train: file, outDir: join(dir, 'out') });
    expect(manifest.malformed).toBe(0);
    expect((manifest.splits.train.rows + manifest.splits.test.rows) / 20_000).toBeGreaterThan(0.96);
  });

  it.each([
    { rows: -1, seed: 1 },
    { rows: 1.5, seed: 1 },
    { rows: 1, seed: Number.NaN },
  ])('refuse $rows rows of seed $seed', (options) => {
    expect(() => generateTaxiRides(options).next()).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });
});

function districtAt(latitude: number, longitude: number): number {
  return (TAXI_DISTRICTS as readonly string[]).indexOf(ngeohash.encode(latitude, longitude, 5));
}
