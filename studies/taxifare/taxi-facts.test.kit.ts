import type { TableFacts } from 'assay';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const months = Array.from({ length: 12 }, (_, month) => `m${month}`);
const districts = Array.from({ length: 20 }, (_, district) => `d${district}`);

/** The stored columns of a table of taxi rides, and the group of each. */
const COLUMNS = [
  { group: 'passengers', name: 'passengers', categories: null },
  { group: 'weekday', name: 'weekday', categories: weekdays },
  { group: 'month', name: 'month', categories: months },
  { group: 'trend', name: 'year', categories: null },
  { group: 'hour', name: 'hour_sin', categories: null },
  { group: 'hour', name: 'hour_cos', categories: null },
  { group: 'distance', name: 'haversine', categories: null },
  { group: 'distance', name: 'manhattan', categories: null },
  { group: 'pickup_district', name: 'pickup', categories: districts },
  { group: 'dropoff_district', name: 'dropoff', categories: districts },
];

/**
 * Column i has the mean i and the deviation i, so that they show where they came from; a category's first value is in half of the
 * rows, the others are in none.
 */
export const TAXI_FACTS: TableFacts = {
  features: COLUMNS.map(({ name, categories }) => ({ name, categories })),
  groups: [...new Set(COLUMNS.map(({ group }) => group))].map((name) => ({
    name,
    start: COLUMNS.findIndex(({ group }) => group === name),
    end: COLUMNS.findLastIndex(({ group }) => group === name) + 1,
  })),
  featureStatistics: COLUMNS.map(({ categories }, column) =>
    categories === null
      ? { kind: 'number', mean: column, std: column, min: 0, max: 2 * column }
      : { kind: 'category', counts: categories.map((_, index) => (index === 0 ? 50 : 0)), none: 50 },
  ),
  label: { name: 'fare_amount', mean: 11, std: 9, min: 1, max: 399 },
  shardRows: [1000, 1000, 500],
};
