import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { inspectTable, type TableInspection } from './inspect-table.js';
import { quantile } from './quantile.js';

function tableFile(header: string, lines: readonly string[]): string {
  const file = join(temporaryFolder(), 'table.csv');
  writeFileSync(file, `${header}\n${lines.map((line) => `${line}\n`).join('')}`);
  return file;
}

/** 1009 and 997 are primes: neither column repeats within a thousand rows, nor follows the other. */
const wander = (row: number) => (row * 997) % 1009;

const warningsOf = ({ warnings }: TableInspection) => warnings.map(({ column, kind }) => `${column}: ${kind}`);

it('counts rows, missing cells, distinct values and ranges, and types the columns', async () => {
  const file = tableFile('id,price,when,shop', [
    '1,2.5,2020-01-01 00:00:00,north',
    '2,,2020-01-02 00:00:00,south',
    '3,7.5,,south',
    '3,7.5,,south',
  ]);
  const { rows, duplicates, malformed, columns, label } = await inspectTable(file);
  expect({ rows, duplicates, malformed, label }).toEqual({ rows: 4, duplicates: 1, malformed: 0, label: null });
  expect(columns.map(({ name, type, missing, distinct }) => [name, type, missing, distinct])).toEqual([
    ['id', 'integer', 0, 3],
    ['price', 'number', 1, 2],
    ['when', 'timestamp', 2, 2],
    ['shop', 'text', 0, 2],
  ]);
  // 2.5, 7.5, 7.5: mean 35/6; squared deviations 100/9, 25/9, 25/9 of mean 50/9.
  expect(columns[1]?.range).toEqual({
    min: 2.5,
    max: 7.5,
    mean: expect.closeTo(35 / 6, 9),
    std: expect.closeTo(Math.sqrt(50 / 9), 9),
  });
  expect(columns[3]).toMatchObject({
    range: null,
    values: [
      { text: 'south', rows: 3 },
      { text: 'north', rows: 1 },
    ],
  });
});

it('takes several files as one table, with the columns of all', async () => {
  const files = [
    tableFile('a,when', ['1,2020-01-01 00:00:00', '2,2020-01-02 00:00:00']),
    tableFile('a,b', ['5,x']),
  ] as const;
  const { rows, columns } = await inspectTable([files[0], files[1]]);
  expect(rows).toBe(3);
  expect(columns.map(({ name, rows: cells, missing }) => [name, cells, missing])).toEqual([
    ['a', 3, 0],
    ['when', 3, 1],
    ['b', 3, 2],
  ]);
});

it('reads thousands of columns without room for 100,000 rows of each', async () => {
  const names = Array.from({ length: 3000 }, (_, i) => `c${i}`);
  const file = tableFile(
    names.join(','),
    Array.from({ length: 40 }, (_, row) => names.map((_, i) => (row % 39) + i).join(',')),
  );
  const before = process.memoryUsage.rss();
  const { rows, duplicates, columns } = await inspectTable(file);
  expect({ rows, duplicates, columns: columns.length }).toEqual({ rows: 40, duplicates: 1, columns: 3000 });
  expect(columns[2999]).toMatchObject({ type: 'integer', distinct: 39, range: { min: 2999, max: 2999 + 38 } });
  expect(process.memoryUsage.rss() - before).toBeLessThan(0.8e9); // a window of 100,000 rows alone would have 2.4 GB
});

it('knows the forms of times', async () => {
  const file = tableFile('iso,mixed,day,german', [
    '2020-01-01 00:00:00,4/1/2016 0:16,2020-01-01,1.4.2016',
    '2020-01-02 00:00:00,2017-04-01 00:14:36,2020-01-02,30.11.2016 8:05',
  ]);
  const { columns } = await inspectTable(file);
  expect(columns.map(({ type, formats }) => [type, formats])).toEqual([
    ['timestamp', ['iso']],
    ['timestamp', ['iso', 'month/day/year']],
    ['timestamp', ['date']],
    ['timestamp', ['day.month.year']],
  ]);
});

it('says what a label is like, and how large a validation set must be', async () => {
  // 0 .. 1000: median 500, distances from it of mean 250.25 and mean square 83,500.
  const file = tableFile(
    'y',
    Array.from({ length: 1001 }, (_, row) => String(row)),
  );
  const { label } = await inspectTable(file, { label: 'y' });
  expect(label).toMatchObject({ name: 'y', missing: 0, mean: expect.closeTo(500, 9) });
  expect(label?.quantiles.map(({ value }) => value)).toEqual([0, 10, 50, 250, 500, 750, 950, 990, 1000]);
  const medianMae = 250_500 / 1001;
  const spread = Math.sqrt(83_583_500 / 1001 - medianMae ** 2);
  expect(label?.medianMae).toBeCloseTo(medianMae, 6);
  expect(label?.standardErrors[1]).toEqual({ rows: 10_000, error: expect.closeTo(spread / 100, 6) });
});

describe('warnings', () => {
  it('none for an ordinary table', async () => {
    const lines = Array.from(
      { length: 500 },
      (_, row) => `${wander(row) / 7},${'abcde'[row % 5]},${wander(row + 333) / 3}`,
    );
    expect(warningsOf(await inspectTable(tableFile('x,shop,y', lines), { label: 'y' }))).toEqual([]);
  });

  it.each([
    { name: 'a column of nothing', cell: () => '', kind: 'empty' },
    {
      name: 'a column with hardly anything',
      cell: (row: number) => (row % 50 === 0 ? String(row) : ''),
      kind: 'empty',
    },
    { name: 'one value only', cell: () => '7', kind: 'constant' },
    { name: 'a key', cell: (row: number) => `ride ${row}`, kind: 'unique' },
    { name: 'amounts in dollars', cell: (row: number) => `$${wander(row)}.50`, kind: 'unparsable' },
    { name: 'amounts with commas', cell: (row: number) => `"${1 + (row % 9)},${100 + row}.5"`, kind: 'unparsable' },
    { name: 'shares', cell: (row: number) => `${row % 100} %`, kind: 'unparsable' },
    {
      name: 'two broken cells',
      cell: (row: number) => (row < 2 ? '1_000' : String(wander(row) / 2)),
      kind: 'unparsable',
    },
    {
      name: 'a filler among years',
      cell: (row: number) => String(row % 4 === 0 ? 1969 : 1940 + (row % 60)),
      kind: 'filler',
    },
    {
      name: 'zeros among longitudes',
      cell: (row: number) => (row % 50 === 0 ? '0' : String(-74 + wander(row) / 10_000)),
      kind: 'filler',
    },
    {
      name: 'a value far away',
      cell: (row: number) => (row === 9 ? '250000' : String(wander(row) / 2)),
      kind: 'outlier',
    },
    {
      name: 'the label itself, squared',
      cell: (row: number) => String((wander(row + 333) / 3) ** 2 + 0.5),
      kind: 'leakage',
    },
  ])('$name: $kind', async ({ cell, kind }) => {
    const lines = Array.from({ length: 500 }, (_, row) => `${cell(row)},${wander(row + 333) / 3}`);
    expect(warningsOf(await inspectTable(tableFile('x,y', lines), { label: 'y' }))).toEqual([`x: ${kind}`]);
  });

  it('bytes that are no UTF-8, in which letters are no longer told apart: encoding', async () => {
    const file = join(temporaryFolder(), 'table.csv');
    const lines = Array.from(
      { length: 500 },
      (_, row) => `${['Caf\u00e9', 'Bar'][row % 2]},${wander(row + 333) / 3}\n`,
    );
    writeFileSync(file, Buffer.from(`x,y\n${lines.join('')}`, 'latin1'));
    const { warnings } = await inspectTable(file, { label: 'y' });
    expect(warnings).toEqual([
      { column: 'x', kind: 'encoding', text: '"Caf\ufffd" holds bytes that are no UTF-8: save the file as UTF-8' },
    ]);
  });

  it('none about codes, though many of them stand out', async () => {
    const lines = Array.from({ length: 500 }, (_, row) => `${(row % 25) ** 2},${wander(row + 333) / 3}`);
    expect(warningsOf(await inspectTable(tableFile('zone,y', lines), { label: 'y' }))).toEqual([]);
  });

  it('none about amounts that most rows have none of', async () => {
    const toll = (row: number) => (row % 40 === 0 ? '6.55' : row % 50 === 1 ? String(wander(row) / 100) : '0');
    const lines = Array.from({ length: 2000 }, (_, row) => `${toll(row)},${wander(row + 333) / 3}`);
    const { columns, warnings } = await inspectTable(tableFile('toll,y', lines), { label: 'y' });
    expect(columns[0]).toMatchObject({ type: 'number', distinct: expect.toSatisfy((n: number) => n >= 20) as number });
    expect(warnings).toEqual([]);
  });

  it.each([
    { name: 'never changes', cell: () => '3', says: 'never changes' },
    { name: 'is text', cell: (row: number) => 'ab'[row % 2]!, says: 'only numbers' },
    {
      name: 'is missing here and there',
      cell: (row: number) => (row % 3 === 0 ? '' : String(wander(row) / 2)),
      says: '167 rows have no label',
    },
  ])('a label that $name', async ({ cell, says }) => {
    const lines = Array.from({ length: 500 }, (_, row) => `${wander(row + 333) / 3},${cell(row)}`);
    const { warnings } = await inspectTable(tableFile('x,y', lines), { label: 'y' });
    expect(warnings).toContainEqual({ column: 'y', kind: 'label', text: expect.stringContaining(says) });
  });
});

it.each([
  { header: 'fare;distance', says: 'separated by ";"; write it with commas' },
  { header: 'fare\tdistance', says: 'separated by tabs' },
])('refuses a table with another delimiter: $header', async ({ header, says }) => {
  await expect(inspectTable(tableFile(header, ['1']))).rejects.toMatchObject({
    code: 'BAD_HEADER',
    message: expect.stringContaining(says) as string,
  });
});

it('refuses a label that is no column, and names the nearest', async () => {
  const file = tableFile('fare_amount,distance', ['1,2']);
  await expect(inspectTable(file, { label: 'fare_amont' })).rejects.toMatchObject({
    code: 'MISSING_COLUMN',
    message: expect.stringContaining('Did you mean fare_amount?'),
  });
});

it.each([
  { share: 0, value: 1 },
  { share: 0.5, value: 2.5 },
  { share: 0.9, value: 3.7 },
  { share: 1, value: 4 },
])('the quantile at $share of 1 .. 4 is $value', ({ share, value }) => {
  expect(quantile([1, 2, 3, 4], share)).toBeCloseTo(value, 9);
});
