import { describe, expect, it } from 'vitest';
import { DATES, DAYS, drawDay, drawHour, WEEKDAYS } from './pickup-time.js';
import { createRandom } from './random.js';

const N = 400_000;
const random = createRandom(11);
const days = Array.from({ length: N }, () => drawDay(random));
const uniformDays = Array.from({ length: N }, () => Math.floor(random() * DAYS));
const numberAt = (from: number, to: number) => (day: number) => Number(DATES[day]!.slice(from, to));

/** Rides in 60,000 rows of the real file (the first 50,000 and 10,000 of its other rows). */
const REAL = [
  { by: 'year', of: numberAt(0, 4), first: 2009, counts: [9279, 9096, 9438, 9671, 9339, 9003, 4174] },
  {
    by: 'month',
    of: numberAt(5, 7),
    first: 1,
    counts: [5426, 5169, 5622, 5462, 5558, 5440, 4380, 4238, 4595, 4836, 4489, 4785],
  },
  { by: 'weekday', of: (day: number) => WEEKDAYS[day]!, first: 0, counts: [7865, 8352, 8697, 8902, 9220, 9161, 7803] },
];

function tally(values: readonly number[], first: number, size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const value of values) counts[value - first]!++;
  return counts;
}

/** The statistic of the chi-squared test that two samples come from one distribution; as many degrees of freedom as counts, less one. */
function chiSquared(found: readonly number[], real: readonly number[]): number {
  const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  const [all, allReal] = [sum(found), sum(real)];
  const [scale, scaleReal] = [Math.sqrt(allReal / all), Math.sqrt(all / allReal)];
  return sum(found.map((count, i) => (count * scale - real[i]! * scaleReal) ** 2 / (count + real[i]!)));
}

/** Beyond it but for one in a million (Wilson and Hilferty's approximation of the chi-squared quantile; 4.753 is the normal one). */
function chiSquaredBound(freedom: number): number {
  return freedom * (1 - 2 / (9 * freedom) + 4.753 * Math.sqrt(2 / (9 * freedom))) ** 3;
}

describe('pickup times', () => {
  it.each(REAL)('are spread over the $bys as in the real file', ({ of, first, counts }) => {
    const found = tally(days.map(of), first, counts.length);
    expect(chiSquared(found, counts)).toBeLessThan(chiSquaredBound(counts.length - 1));
  });

  it.each(REAL)('which days that are all alike would not be: $by', ({ of, first, counts }) => {
    const found = tally(uniformDays.map(of), first, counts.length);
    expect(chiSquared(found, counts)).toBeGreaterThan(chiSquaredBound(counts.length - 1));
  });

  // Rides at midnight, 5, 8, 12 and 19 o'clock, and in all, of the same rows.
  it.each([
    { day: 'Tuesdays', weekday: 1, real: [900, 353, 1832, 1714, 2290], all: 33_816 },
    { day: 'Fridays', weekday: 4, real: [364, 88, 448, 445, 565], all: 9220 },
    { day: 'Saturdays', weekday: 5, real: [512, 91, 211, 431, 523], all: 9161 },
    { day: 'Sundays', weekday: 6, real: [521, 99, 149, 411, 384], all: 7803 },
  ])('have the hours of $day', ({ weekday, real, all }) => {
    const hours = tally(
      Array.from({ length: N }, () => drawHour(weekday, random)),
      0,
      24,
    );
    const found = [0, 5, 8, 12, 19].map((hour) => hours[hour]!);
    const others = (counts: readonly number[], sum: number): number[] => [
      ...counts,
      sum - counts.reduce((a, b) => a + b, 0),
    ];
    expect(chiSquared(others(found, N), others(real, all))).toBeLessThan(chiSquaredBound(5));
  });
});
