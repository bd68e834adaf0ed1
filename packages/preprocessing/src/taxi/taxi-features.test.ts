import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandedNames, expandRows } from '../expand-features.js';
import { readNpy } from '../npy-file.js';
import { featureSet, NOTHING_LEARNED } from '../recipe/feature-set.js';
import { hasTaxiData, taxiData, whenTaxiData } from '../testing/assay-data.js';
import { transformRows } from '../transform-rows.js';
import { taxifareRecipe } from './taxifare-recipe.js';

const RIDE = {
  pickup_datetime: '2013-07-06 17:18:00 UTC',
  pickup_longitude: '-73.950655',
  pickup_latitude: '40.783282',
  dropoff_longitude: '-73.984365',
  dropoff_latitude: '40.769802',
  passenger_count: '1',
};

function features(ride: Partial<typeof RIDE> = {}, trend: 'year' | 'days' = 'year'): Float32Array {
  const recipe = taxifareRecipe({ trend });
  const { x, reasons } = transformRows(recipe, NOTHING_LEARNED, [{ ...RIDE, ...ride }]);
  expect(reasons).toEqual([null]);
  return expandRows(featureSet(recipe, NOTHING_LEARNED).columns, x);
}

/** Sums of the one-hot ranges, which are 1, or 0 and 1 for the districts. */
function oneHotSums(x: Float32Array, row: number): number[] {
  const sum = (start: number, end: number): number =>
    x.subarray(row * 65 + start, row * 65 + end).reduce((a, b) => a + b, 0);
  return [sum(1, 8), sum(8, 20), sum(25, 45), sum(45, 65)];
}

describe('taxi features', () => {
  // Non-zero entries of the specification's worked example (the course's own default prediction).
  const WORKED = new Map([
    [6, 1],
    [14, 1],
    [20, 0.4],
    [21, -0.258819],
    [22, -0.9659258],
    [23, 0.0320996],
    [24, 0.0524729],
    [29, 1],
    [45, 1],
  ]);

  it('give the worked example to 1e-6', () => {
    const x = features();
    expect(x).toHaveLength(65);
    x.forEach((value, i) => {
      expect(Math.abs(value - (WORKED.get(i) ?? 0)), `feature ${i}`).toBeLessThan(1e-6);
    });
  });

  it('give elapsed days instead of the year where asked', () => {
    const days = features({}, 'days');
    expect(Math.abs(days[20]! - 0.7883832)).toBeLessThan(1e-6);
    const year = features();
    year[20] = days[20]!;
    expect(days).toEqual(year);
    expect(expandedNames(featureSet(taxifareRecipe({ trend: 'days' }), NOTHING_LEARNED).columns)[20]).toBe('days');
  });

  it.each([
    { passengers: '1', value: 0 },
    { passengers: '8', value: 1 },
    { passengers: '4.5', value: 0.5 },
  ])('scale $passengers passengers to $value', ({ passengers, value }) =>
    expect(features({ passenger_count: passengers })[0]).toBe(value),
  );

  it.each([
    {
      name: 'Monday, New Year in London but not in New York',
      time: '2013-01-01 04:59:59 UTC',
      weekday: 0,
      month: 11,
      hour: 23,
      year: 0.3,
    },
    { name: 'the hour repeated in autumn', time: '2013-11-03 06:30:00 UTC', weekday: 6, month: 10, hour: 1, year: 0.4 },
    { name: 'after the data ends', time: '2031-06-01 12:00:00 UTC', weekday: 6, month: 5, hour: 8, year: 2.2 },
  ])('take $name by the New York clock', ({ time, weekday, month, hour, year }) => {
    const x = features({ pickup_datetime: time });
    expect([x.indexOf(1, 1), x.indexOf(1, 8), x[20]]).toEqual([1 + weekday, 8 + month, Math.fround(year)]);
    expect([x[21], x[22]]).toEqual([Math.sin((hour * Math.PI) / 12), Math.cos((hour * Math.PI) / 12)].map(Math.fround));
  });

  it('hold exactly one weekday and month, at most one district an end, and distances that fit together', () => {
    const degrees = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
    const point = fc.tuple(degrees(40.5, 40.9), degrees(-74.3, -73.7));
    fc.assert(
      fc.property(
        point,
        point,
        fc.integer({ min: Date.UTC(2007, 0), max: Date.UTC(2030, 0) }),
        ([lat1, lon1], [lat2, lon2], ms) => {
          const x = features({
            pickup_datetime: new Date(ms).toISOString(),
            pickup_latitude: `${lat1}`,
            pickup_longitude: `${lon1}`,
            dropoff_latitude: `${lat2}`,
            dropoff_longitude: `${lon2}`,
          });
          const [weekday, month, pickup, dropoff] = oneHotSums(x, 0);
          expect([weekday, month]).toEqual([1, 1]);
          expect([0, 1]).toContain(pickup);
          expect([0, 1]).toContain(dropoff);
          expect(x[23]).toBeLessThanOrEqual(x[24]! + 1e-7);
        },
      ),
    );
  });

  it('are named and grouped without gap', () => {
    const { columns, groups } = featureSet(taxifareRecipe(), NOTHING_LEARNED);
    const names = expandedNames(columns);
    expect(new Set(names).size).toBe(65);
    expect([names[1], names[7], names[8], names[19], names[25], names[64]]).toEqual([
      'weekday_mon',
      'weekday_sun',
      'month_jan',
      'month_dec',
      'pickup_dr5ru',
      'dropoff_dr5x8',
    ]);
    expect(columns).toHaveLength(10);
    expect(groups.map(({ name, start, end }) => `${name} ${columns[start]!.name}..${columns[end - 1]!.name}`)).toEqual([
      'passengers passengers..passengers',
      'weekday weekday..weekday',
      'month month..month',
      'trend year..year',
      'hour hour_sin..hour_cos',
      'distance haversine..manhattan',
      'pickup_district pickup..pickup',
      'dropoff_district dropoff..dropoff',
    ]);
  });

  it.skipIf(!hasTaxiData)(`have the columns and ranges of the course's own array${whenTaxiData}`, async () => {
    const { shape, values } = await readNpy(taxiData('reference_X_processed_1k.npy'));
    expect(shape).toEqual([970, 65]);
    const mean = (column: number): number =>
      Array.from({ length: 970 }, (_, row) => values[row * 65 + column]!).reduce((a, b) => a + b, 0) / 970;
    for (const [column, expected] of [
      [0, 0.1],
      [20, 0.245],
      [23, 0.032],
      [24, 0.047],
      [25, 0.516],
    ] as const)
      expect(mean(column)).toBeCloseTo(expected, 2);
    const hours = new Set(
      Array.from({ length: 24 }, (_, hour) =>
        `${Math.sin((hour * Math.PI) / 12).toFixed(5)} ${Math.cos((hour * Math.PI) / 12).toFixed(5)}`.replaceAll(
          '-0.00000',
          '0.00000',
        ),
      ),
    );
    for (let row = 0; row < 970; row++) {
      const x = values.subarray(row * 65, (row + 1) * 65);
      const [weekday, month, pickup, dropoff] = oneHotSums(values, row);
      expect([weekday, month, pickup! <= 1, dropoff! <= 1]).toEqual([1, 1, true, true]);
      expect(hours).toContain(`${x[21]!.toFixed(5)} ${x[22]!.toFixed(5)}`.replaceAll('-0.00000', '0.00000'));
      expect(Math.abs(x[20]! * 10 - Math.round(x[20]! * 10))).toBeLessThan(1e-5);
      expect(Math.abs(x[0]! * 7 - Math.round(x[0]! * 7))).toBeLessThan(1e-5);
      expect(x[23]).toBeLessThanOrEqual(x[24]! + 1e-7);
    }
  });
});
