import type { ColumnInspection, TableInspection } from '@assay/preprocessing';
import { describe, expect, it } from 'vitest';
import { inspectionText } from './inspection-text.js';

const TEXT: ColumnInspection = {
  name: 'id',
  type: 'text',
  rows: 60_000,
  missing: 0,
  unparsable: 0,
  distinct: 1234,
  formats: null,
  range: null,
  quantiles: null,
  values: null,
};

const table = (column: ColumnInspection, distinctLimit: number): TableInspection => ({
  rows: 60_000,
  malformed: 0,
  duplicates: 0,
  distinctLimit,
  columns: [column],
  label: null,
  warnings: [],
});

it.each([
  { name: 'all of them', distinct: 1234, distinctLimit: 50_000, says: '1,234' },
  { name: 'where they are no longer counted', distinct: null, distinctLimit: 50_000, says: '50,000 or more' },
  { name: 'sooner in a wide table', distinct: null, distinctLimit: 200, says: '200 or more' },
])('counts distinct values: $name', ({ distinct, distinctLimit, says }) => {
  const line = inspectionText(table({ ...TEXT, distinct }, distinctLimit))
    .split('\n')
    .find((text) => text.startsWith('id'));
  expect(line?.trimEnd()).toMatch(new RegExp(`^id +text +${says}$`));
});

const TRIPS: TableInspection = {
  ...table(TEXT, 50_000),
  columns: [
    {
      ...TEXT,
      name: 'trip_distance',
      type: 'number',
      range: { min: -1, max: 250_000, mean: 12.5, std: 3 },
      values: [{ text: '7.5', rows: 15_000 }],
    },
    {
      ...TEXT,
      name: 'lpep_pickup_datetime',
      type: 'timestamp',
      missing: 6000,
      distinct: null,
      range: { min: Date.UTC(2021, 0, 1), max: Date.UTC(2021, 11, 31), mean: Date.UTC(2021, 6, 1), std: 1 },
    },
    { ...TEXT, name: 'flag', distinct: 2, values: [{ text: 'N', rows: 54_000 }] },
  ],
  warnings: [
    {
      column: 'trip_distance',
      kind: 'outlier',
      text: 'values reach from -1 to 250000, 98 % of them lie between 0 and 15.448: clip or drop the rest',
    },
  ],
};

describe('what a table holds', () => {
  it('is one table where there is room', () => {
    expect(inspectionText(TRIPS, 140)).toBe(`60,000 rows, 0 exact duplicates, 0 malformed

column                type       missing        distinct               min              mean               max  most frequent
trip_distance         number                       1,234                -1              12.5            250000  7.5 (25 %)
lpep_pickup_datetime  timestamp     10 %  50,000 or more  2021-01-01 00:00  2021-07-01 00:00  2021-12-31 00:00
flag                  text                             2                                                        N (90 %)

look at:
  trip_distance: values reach from -1 to 250000, 98 % of them lie between 0 and 15.448: clip or drop the rest
`);
  });

  it('has the ranges apart in 80 cells, and no line that is longer', () => {
    expect(inspectionText(TRIPS, 80)).toBe(`60,000 rows, 0 exact duplicates, 0 malformed

column                type       missing        distinct  most frequent
trip_distance         number                       1,234  7.5 (25 %)
lpep_pickup_datetime  timestamp     10 %  50,000 or more
flag                  text                             2  N (90 %)

column                             min              mean               max
trip_distance                       -1              12.5            250000
lpep_pickup_datetime  2021-01-01 00:00  2021-07-01 00:00  2021-12-31 00:00

look at:
  trip_distance: values reach from -1 to 250000, 98 % of them lie between 0
    and 15.448: clip or drop the rest
`);
  });
});
