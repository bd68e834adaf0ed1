import { expect, it } from 'vitest';
import { nearestName } from './nearest-name.js';

const KNOWN = ['fare_amount', 'pickup_datetime', 'PULocationID', 'DOLocationID'];

it.each([
  { name: 'fare_amont', meant: 'fare_amount' },
  { name: 'PULOCATIONID', meant: 'PULocationID' },
  { name: 'pickup_time', meant: 'pickup_datetime' },
  { name: 'tip', meant: null },
  { name: '', meant: null },
])('$name means $meant', ({ name, meant }) => {
  expect(nearestName(name, KNOWN)).toBe(meant);
});

it('knows nothing among no names', () => {
  expect(nearestName('fare', [])).toBeNull();
});
