import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareTable } from '../prepare-table.js';
import { districtOf } from '../taxi/taxi-districts.js';
import { taxifareRecipe } from '../taxi/taxifare-recipe.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { generateTaxiRides, TAXI_HEADER, writeTaxiRides } from './generate-taxi-rides.js';

const N = 50_000;
const ROWS = [...generateTaxiRides({ rows: N, seed: 1 })]
  .join('')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));
const number = (row: readonly string[], column: number): number => Number(row[column]);
const share = (test: (row: readonly string[]) => boolean): number => ROWS.filter(test).length / N;

const isInside = (row: readonly string[]): boolean =>
  [3, 5].every((c) => number(row, c) >= -74.3 && number(row, c) <= -73.7) &&
  [4, 6].every((c) => number(row, c) >= 40.5 && number(row, c) <= 40.9);
const isZero = (row: readonly string[]): boolean => [3, 4, 5, 6].every((c) => number(row, c) === 0);

describe('generated taxi rides', () => {
  it('repeat for a seed, differ for another, and do not depend on how many follow', () => {
    const text = (rows: number, seed: number): string => [...generateTaxiRides({ rows, seed })].join('');
    expect(text(2500, 7)).toBe(text(2500, 7));
    expect(text(2500, 7).startsWith(text(1200, 7))).toBe(true);
    expect(text(100, 8)).not.toBe(text(100, 7));
    expect(text(100, 7 + 2 ** 32)).not.toBe(text(100, 7));
    expect(text(0, 1)).toBe(`${TAXI_HEADER}\n`);
  });

  it('have the shape of the real file', () => {
    expect(ROWS).toHaveLength(N);
    for (const row of ROWS) {
      expect(row).toHaveLength(8);
      expect(row[2]).toMatch(/^20(09|1[0-5])-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
      expect(row[0]!.startsWith(row[2]!.slice(0, 19))).toBe(true);
    }
    const times = ROWS.map((row) => row[2]!).sort();
    expect([times[0]!.slice(0, 7), times.at(-1)!.slice(0, 7)]).toEqual(['2009-01', '2015-06']);
  });

  // Rates measured on the first 50,000 real rows. Two samples of n differ by less than 4.9 sqrt(2 p / n) but for one in a million.
  it.each([
    { dirt: 'all coordinates zero', real: 0.01828, found: share(isZero) },
    { dirt: 'some coordinate zero', real: 0.02, found: share((row) => [3, 4, 5, 6].some((c) => number(row, c) === 0)) },
    { dirt: 'outside New York', real: 0.02272, found: share((row) => !isInside(row)) },
    { dirt: 'pickup = dropoff', real: 0.02898, found: share((row) => row[3] === row[5] && row[4] === row[6]) },
    { dirt: 'no passenger', real: 0.0033, found: share((row) => row[7] === '0') },
    { dirt: 'negative fare', real: 0.00012, found: share((row) => number(row, 1) < 0) },
    { dirt: 'swapped coordinates', real: 0.00038, found: share((row) => number(row, 3) > 40 && number(row, 4) < -73) },
    { dirt: 'float32 noise', real: 0.1, found: share((row) => row[3]!.length > 11) },
  ])('hold the dirt of the real file: $dirt', ({ real, found }) => {
    expect(Math.abs(found - real)).toBeLessThan(4.9 * Math.sqrt((2 * real) / N));
  });

  it('stay within the 20 districts as often as real rides', () => {
    const clean = ROWS.filter((row) => isInside(row));
    const ends = clean.flatMap((row) => [
      districtOf(number(row, 4), number(row, 3)),
      districtOf(number(row, 6), number(row, 5)),
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
    expect(readdirSync(dir)).toEqual(['rides.csv']);
    expect(readFileSync(file, 'utf8')).toBe([...generateTaxiRides({ rows: 20_000, seed: 3 })].join(''));
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
