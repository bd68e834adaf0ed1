import { daysFromCivil } from '../timestamp.js';
import { weekdayOf } from '../transforms/calendar.js';
import { type Random, weightedIndex } from './random.js';

const DAY_MS = 86_400_000;
export const FIRST_DAY = daysFromCivil(2009, 1, 1);
export const DAYS = daysFromCivil(2015, 7, 1) - FIRST_DAY;

/** `YYYY-MM-DD` of each day of the file. */
export const DATES: readonly string[] = Array.from({ length: DAYS }, (_, i) =>
  new Date((FIRST_DAY + i) * DAY_MS).toISOString().slice(0, 10),
);

/** 0 = Monday, for each day of the file. */
export const WEEKDAYS = Uint8Array.from({ length: DAYS }, (_, i) => weekdayOf((FIRST_DAY + i) * DAY_MS));

/** How busy a day is by year from 2009, month and weekday from Monday: rides a day over the mean, in 60,000 real rows. */
const BY_YEAR = [1.0, 0.985, 1.02, 1.045, 1.01, 0.975, 0.9];
const BY_MONTH = [0.995, 1.035, 1.025, 1.03, 1.015, 1.025, 0.93, 0.9, 1.01, 1.03, 0.985, 1.015];
const BY_WEEKDAY = [0.917, 0.974, 1.017, 1.038, 1.075, 1.068, 0.91];

/** Rides by hour of the day, in the same rows. */
const WORKDAY_HOURS = [
  900, 589, 363, 268, 225, 353, 829, 1583, 1832, 1839, 1555, 1641, 1714, 1688, 1663, 1589, 1369, 1686, 2248, 2290, 2046,
  2028, 1932, 1586,
];
const FRIDAY_HOURS = [
  364, 259, 181, 123, 106, 88, 198, 396, 448, 478, 426, 390, 445, 405, 462, 389, 350, 452, 536, 565, 566, 547, 523, 523,
];
const SATURDAY_HOURS = [
  512, 450, 386, 290, 172, 91, 111, 157, 211, 283, 384, 409, 431, 475, 405, 436, 393, 424, 498, 523, 504, 525, 567, 524,
];
const SUNDAY_HOURS = [
  521, 475, 390, 326, 210, 99, 93, 111, 149, 248, 343, 380, 411, 422, 430, 383, 341, 391, 374, 384, 348, 340, 329, 305,
];

/** Draws a day of the file: 0 is 2009-01-01, the last 2015-06-30. */
export const drawDay = weightedIndex(
  DATES.map((date, day) => {
    const year = Number(date.slice(0, 4)) - 2009;
    const month = Number(date.slice(5, 7)) - 1;
    return BY_YEAR[year]! * BY_MONTH[month]! * BY_WEEKDAY[WEEKDAYS[day]!]!;
  }),
);

const workday = weightedIndex(WORKDAY_HOURS);
const hoursByWeekday = [
  ...Array.from({ length: 4 }, () => workday),
  weightedIndex(FRIDAY_HOURS),
  weightedIndex(SATURDAY_HOURS),
  weightedIndex(SUNDAY_HOURS),
];

/** @param weekday 0 = Monday */
export function drawHour(weekday: number, random: Random): number {
  return hoursByWeekday[weekday]!(random);
}

/** Some taxis' meters state the pickup in whole minutes: 46.9% of the real rows have no seconds. */
const WHOLE_MINUTES = 0.46;

export function drawSecond(random: Random): number {
  return random() < WHOLE_MINUTES ? 0 : Math.floor(random() * 60);
}
