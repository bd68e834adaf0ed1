import type { TableFacts } from 'assay';

const number = (mean: number) => ({ kind: 'number', mean, std: 2, min: 0, max: 30 }) as const;
const category = (size: number) => ({ kind: 'category', counts: Array(size).fill(10), none: 3 }) as const;
const names = (prefix: string, size: number) => Array.from({ length: size }, (_, index) => `${prefix}${index}`);

/** Of a table of five and six stations. */
export const BIKE_FACTS: TableFacts = {
  features: [
    { name: 'duration', categories: null },
    { name: 'distance', categories: null },
    { name: 'gender', categories: ['0', '1', '2'] },
    { name: 'usertype', categories: ['Subscriber', 'Customer'] },
    { name: 'start', categories: names('318', 5) },
    { name: 'end', categories: names('318', 6) },
    ...['start_latitude', 'start_longitude', 'end_latitude', 'end_longitude'].map((name) => ({
      name,
      categories: null,
    })),
    { name: 'hour', categories: names('', 24) },
    { name: 'weekday', categories: names('day ', 7) },
    { name: 'trend', categories: null },
  ],
  groups: [
    ...['duration', 'distance', 'gender', 'usertype', 'start', 'end'].map((name, start) => ({
      name,
      start,
      end: start + 1,
    })),
    { name: 'places', start: 6, end: 10 },
    ...['hour', 'weekday', 'trend'].map((name, index) => ({ name, start: 10 + index, end: 11 + index })),
  ],
  featureStatistics: [
    number(6),
    number(1),
    ...[3, 2, 5, 6].map(category),
    ...[41, -74, 41, -74].map(number),
    category(24),
    category(7),
    number(500),
  ],
  label: { name: 'birth year', mean: 1979, std: 10, min: 1931, max: 2001 },
  shardRows: [1000, 1000, 500],
};
