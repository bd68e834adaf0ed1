import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { category } from './recipe/category-builders.js';
import { NOTHING_LEARNED } from './recipe/feature-set.js';
import { hour } from './recipe/number-builders.js';
import { recipe as recipeOf } from './recipe/recipe.js';
import { taxifareRecipe } from './taxi/taxifare-recipe.js';
import { hasTaxiData, whenTaxiData } from './testing/assay-data.js';
import { type TransformedRows, transformRows, transformTable } from './transform-rows.js';

const recipe = taxifareRecipe();
const HEADER = 'pickup_datetime,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude,passenger_count';
const RIDE = '2013-07-06 17:18:00 UTC,-73.950655,40.783282,-73.984365,40.769802,1';

async function transformed(
  text: string,
  chunkRows: number,
): Promise<{ reasons: (string | null)[]; lines: number[]; sums: number[] }> {
  const parts: TransformedRows[] = [];
  for await (const part of transformTable(
    recipe,
    NOTHING_LEARNED,
    { name: '-', stream: Readable.from([Buffer.from(text)]) },
    { chunkRows },
  ))
    parts.push(part);
  const sums = parts.flatMap(({ rows, x }) =>
    Array.from({ length: rows }, (_, row) => x.subarray(row * 10, (row + 1) * 10).reduce((a, b) => a + b, 0)),
  );
  return { reasons: parts.flatMap(({ reasons }) => reasons), lines: parts.flatMap(({ lines }) => lines), sums };
}

describe('rows to predict', () => {
  const broken = [
    RIDE,
    RIDE.replace('40.783282', '40,7'),
    RIDE.replace('40.783282', 'north'),
    RIDE.replace(',1', ','),
    '2013-07-06 17:18:00 UTC,0,0,0,0,0', // would be cleaned away in training
    RIDE.replace('2013-07-06', 'July 6th'),
    `${RIDE},"`,
    RIDE,
  ];

  it.each([1, 2, 3, 100])(
    'keep their order, with a reason where there are no features (chunks of %d)',
    async (chunkRows) => {
      const { reasons, lines, sums } = await transformed(`${HEADER}\n${broken.join('\n')}\n`, chunkRows);
      expect(reasons).toEqual([
        null,
        '7 columns instead of 6',
        'pickup_latitude: "north" is no number',
        'passenger_count is missing',
        null,
        'pickup_datetime: "July 6th 17:18:00 UTC" is no time (YYYY-MM-DD HH:MM:SS UTC)',
        'broken quoting',
        null,
      ]);
      expect(lines).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
      expect(sums.map((sum) => sum !== 0)).toEqual(reasons.map((reason) => reason === null));
      expect(sums[7]).toBe(sums[0]);
    },
  );

  it('may have key and label columns, in any order, and need neither', async () => {
    const bare = await transformed(`${HEADER}\n${RIDE}\n`, 10);
    const full = await transformed(`fare_amount,${HEADER},key\nnot a fare,${RIDE},k1\n`, 10);
    expect(full).toEqual(bare);
  });

  it('come as records too', () => {
    const names = HEADER.split(',');
    const record = Object.fromEntries(RIDE.split(',').map((cell, i) => [names[i]!, cell]));
    const { rows, reasons } = transformRows(recipe, NOTHING_LEARNED, [
      record,
      { ...record, pickup_longitude: undefined },
      {},
    ]);
    expect(rows).toBe(3);
    expect(reasons).toEqual([null, 'pickup_longitude is missing', 'pickup_datetime is missing']);
    expect(transformRows(recipe, NOTHING_LEARNED, [])).toMatchObject({ rows: 0, reasons: [] });
  });

  it.skipIf(!hasTaxiData)(`give the same features as Parquet and as CSV${whenTaxiData}`, async () => {
    const trips = recipeOf({
      name: 'trips',
      columns: { lpep_pickup_datetime: 'timestamp', PULocationID: 'text', trip_distance: 'number' },
      label: 'trip_distance',
      features: {
        miles: 'trip_distance',
        zone: category('PULocationID', { known: ['75', '74'] }),
        hour: hour('lpep_pickup_datetime'),
      },
    });
    const features = async (extension: string): Promise<Float32Array[]> => {
      const file = join(process.env.ASSAY_DATA ?? '', 'green_tripdata', `green_tripdata_2021-02.${extension}`);
      const parts: Float32Array[] = [];
      for await (const { x } of transformTable(trips, NOTHING_LEARNED, file)) parts.push(x);
      return parts;
    };
    const csv = await features('csv.gz');
    expect(csv.reduce((sum, { length }) => sum + length, 0)).toBe(61_921 * 3);
    expect(await features('parquet')).toEqual(csv);
  });

  it('need the columns of the features', async () => {
    await expect(transformed('pickup_datetime\n2013-07-06 17:18:00 UTC\n', 10)).rejects.toMatchObject({
      code: 'MISSING_COLUMN',
    });
  });
});
