import { expect, it } from 'vitest';
import { generateTrips } from './generate-trips.js';

const ROWS = 20_000;
const MONTH = { year: 2021, month: 2, rows: ROWS, seed: 1 };
const TRIPS = generateTrips(MONTH)
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [from = '', to = '', pickup = '', dropoff = '', miles = '', type = ''] = line.split(',');
    const minutes = (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000;
    return { from, minutes, pickup, dropoff, miles: Number(miles), type };
  });

const share = (is: (trip: (typeof TRIPS)[number]) => boolean): number => TRIPS.filter(is).length / ROWS;

it('makes the same bytes from the same seed, and others from another', () => {
  const few = { ...MONTH, rows: 50 };
  expect(generateTrips(few)).toBe(generateTrips(few));
  expect(generateTrips(few)).not.toBe(generateTrips({ ...few, seed: 2 }));
});

it('stays within the month', () => {
  expect(TRIPS).toHaveLength(ROWS);
  for (const { from } of TRIPS) expect(from).toMatch(/^2021-02-(0[1-9]|1\d|2[0-8]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/);
});

// A share of n rows lies within 4.9 sqrt(p / n) of p but for one seed in a million.
it.each([
  { what: 'no trip type', expected: 0.48, found: share(({ type }) => type === '') },
  { what: 'distance 0', expected: 0.022, found: share(({ miles }) => miles === 0) },
  { what: 'absurd distance', expected: 0.0008, found: share(({ miles }) => miles >= 1000) },
])('holds the dirt of the real months: $what', ({ expected, found }) => {
  expect(Math.abs(found - expected)).toBeLessThan(4.9 * Math.sqrt(expected / ROWS));
});

it('drives about as long as green taxis do', () => {
  const kept = TRIPS.filter(({ minutes }) => minutes >= 1 && minutes <= 60);
  expect(kept.length / ROWS).toBeGreaterThan(0.9);
  const mean = kept.reduce((sum, { minutes }) => sum + minutes, 0) / kept.length;
  expect(mean).toBeGreaterThan(13); // 16.9 and 17.8 in the real months
  expect(mean).toBeLessThan(22);
});
