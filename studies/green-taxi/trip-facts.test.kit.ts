import type { TableFacts } from 'assay';

const number = (mean: number) => ({ kind: 'number', mean, std: 2, min: 0, max: 30 }) as const;
const category = (size: number) => ({ kind: 'category', counts: Array(size).fill(10), none: 3 }) as const;
const names = (prefix: string, size: number) => Array.from({ length: size }, (_, index) => `${prefix}${index}`);

/** Of a table of three zones and two routes. */
export const TRIP_FACTS: TableFacts = {
  features: [
    { name: 'miles', categories: null },
    { name: 'log_miles', categories: null },
    { name: 'trip_type', categories: ['1', '2'] },
    { name: 'pickup', categories: names('zone ', 3) },
    { name: 'dropoff', categories: names('zone ', 4) },
    { name: 'route', categories: names('route ', 2) },
    { name: 'hour', categories: names('', 24) },
    { name: 'weekday', categories: names('day ', 7) },
  ],
  groups: [
    { name: 'distance', start: 0, end: 2 },
    ...['trip_type', 'pickup', 'dropoff', 'route', 'hour', 'weekday'].map((name, index) => ({
      name,
      start: 2 + index,
      end: 3 + index,
    })),
  ],
  featureStatistics: [number(3), number(1), ...[2, 3, 4, 2, 24, 7].map(category)],
  label: { name: 'duration', mean: 17, std: 11, min: 1, max: 60 },
  shardRows: [1000, 1000, 500],
};
