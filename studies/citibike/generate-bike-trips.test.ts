import { describe, expect, it } from 'vitest';
import { generateBikeTrips } from './generate-bike-trips.js';

const ROWS = 20_000;

function tripsOf(from: string, until: string) {
  const text = generateBikeTrips({ from, until, rows: ROWS, seed: 1 });
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [seconds, start = '', from, , , to, , , , usertype, birthYear = '', gender] = line.split(',');
      return { seconds: Number(seconds), start, from, to, usertype, birthYear, gender };
    });
}

const EARLY = tripsOf('2016-01-01', '2019-01-01');
const LATE = tripsOf('2020-01-01', '2021-01-01');

it('makes the same bytes from the same seed, and others from another', () => {
  const few = { from: '2016-01-01', until: '2019-01-01', rows: 50, seed: 1 };
  expect(generateBikeTrips(few)).toBe(generateBikeTrips(few));
  expect(generateBikeTrips(few)).not.toBe(generateBikeTrips({ ...few, seed: 2 }));
});

it('writes dates as each year did', () => {
  const until = (text: string) => EARLY.filter(({ start }) => text === start.replaceAll(/\d+/g, '9'));
  // 456, 275 and 365 of 1,096 days, to a day of trips.
  expect(Math.abs(until('9/9/9 9:9').length - (456 / 1096) * ROWS)).toBeLessThan(ROWS / 1096 + 1);
  expect(Math.abs(until('9-9-9 9:9:9').length - (275 / 1096) * ROWS)).toBeLessThan(ROWS / 1096 + 1);
  expect(Math.abs(until('9-9-9 9:9:9.9').length - (365 / 1096) * ROWS)).toBeLessThan(ROWS / 1096 + 1);
  expect(EARLY[0]?.start).toMatch(/^1\/1\/2016 \d{1,2}:\d\d$/);
});

describe('customers, one trip in 12 or so', () => {
  it.each([
    { when: 'until 2017', trips: EARLY.filter(({ start }) => !start.startsWith('2018')), birthYear: '' },
    { when: '2018', trips: EARLY.filter(({ start }) => start.startsWith('2018')), birthYear: '1969' },
    { when: '2020', trips: LATE, birthYear: '1969' },
  ])('say nothing of themselves: $when', ({ trips, birthYear }) => {
    const customers = trips.filter(({ usertype }) => usertype === 'Customer');
    for (const { birthYear: found, gender } of customers) expect([found, gender]).toEqual([birthYear, '0']);
    // Within 4.9 sqrt(p / n) of p but for one seed in a million.
    const share = customers.length / trips.length;
    expect(Math.abs(share - 0.08)).toBeLessThan(4.9 * Math.sqrt(0.08 / trips.length));
  });
});

it('has younger riders in 2020, and stations that nobody knew', () => {
  const meanYear = (trips: typeof EARLY) => {
    const years = trips.filter(({ gender }) => gender !== '0').map(({ birthYear }) => Number(birthYear));
    return years.reduce((sum, year) => sum + year, 0) / years.length;
  };
  expect(meanYear(LATE) - meanYear(EARLY)).toBeGreaterThan(3);
  const known = new Set(EARLY.flatMap(({ from, to }) => [from, to]));
  expect(LATE.some(({ from }) => !known.has(from))).toBe(true);
});
