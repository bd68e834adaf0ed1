import type { CleaningRule, TableRecipe } from '../table-recipe.js';
import { TAXI_GROUPS, type TrendFeature, taxiFeatureNames, taxiWriter } from './taxi-features.js';

const LONGITUDES = ['pickup_longitude', 'dropoff_longitude'];
const LATITUDES = ['pickup_latitude', 'dropoff_latitude'];

/**
 * New York taxi fares: 65 features and the cleaning of the "Train at scale" course (first edition). 15 % of the training
 * file's rows, by hash, are test rows. The file's `key` column, where there is one, is ignored.
 * @param options.trend column 20: the calendar year (default), or days since 2009 as in the course's later edition
 */
export function taxifareRecipe(options: { readonly trend?: TrendFeature } = {}): TableRecipe {
  const trend = options.trend ?? 'year';
  return {
    name: 'taxifare',
    version: 1,
    options: { trend },
    columns: [
      { name: 'fare_amount', type: 'number' },
      { name: 'pickup_datetime', type: 'timestamp' },
      { name: 'pickup_longitude', type: 'number' },
      { name: 'pickup_latitude', type: 'number' },
      { name: 'dropoff_longitude', type: 'number' },
      { name: 'dropoff_latitude', type: 'number' },
      // No integer: the exercise files print it as 1.0, and the course keeps the few rows that hold 1.3 or 0.12.
      { name: 'passenger_count', type: 'number' },
    ],
    label: {
      name: 'fare_amount',
      columns: ['fare_amount'],
      value: (table) => {
        const fares = table.numbers('fare_amount');
        return (row) => fares[row]!;
      },
    },
    rules: TAXI_RULES,
    split: { test: 0.15, validation: 0 },
    features: taxiFeatureNames(trend),
    groups: TAXI_GROUPS,
    writer: (table) => taxiWriter(table, trend),
  };
}

/** Values are compared after rounding to float32, as the course does, so that its row counts come out. */
const TAXI_RULES: readonly CleaningRule[] = [
  {
    name: 'all coordinates zero',
    keep: (table) => {
      const coordinates = [...LONGITUDES, ...LATITUDES].map((name) => table.numbers(name));
      return (row) => coordinates.some((values) => values[row] !== 0);
    },
  },
  {
    name: 'passengers not between 0 and 8',
    keep: (table) => {
      const passengers = table.numbers('passenger_count');
      return (row) => Math.fround(passengers[row]!) > 0 && Math.fround(passengers[row]!) < 8;
    },
  },
  {
    name: 'fare not between 0 and 400',
    keep: (table) => {
      const fares = table.numbers('fare_amount');
      return (row) => Math.fround(fares[row]!) > 0 && Math.fround(fares[row]!) < 400;
    },
  },
  {
    name: 'outside New York',
    keep: (table) => {
      const inLongitude = within(
        LONGITUDES.map((name) => table.numbers(name)),
        -74.3,
        -73.7,
      );
      const inLatitude = within(
        LATITUDES.map((name) => table.numbers(name)),
        40.5,
        40.9,
      );
      return (row) => inLongitude(row) && inLatitude(row);
    },
  },
];

function within(columns: readonly Float64Array[], low: number, high: number): (row: number) => boolean {
  const lowest = Math.fround(low);
  const highest = Math.fround(high);
  return (row) => columns.every((values) => isBetween(Math.fround(values[row]!), lowest, highest));
}

function isBetween(value: number, lowest: number, highest: number): boolean {
  return value >= lowest && value <= highest;
}
