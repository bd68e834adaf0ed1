import { describe, expect, it } from 'vitest';
import {
  bearing,
  clip,
  daysSince,
  filled,
  haversine,
  hour,
  log1p,
  manhattan,
  minutesBetween,
  missing,
  month,
  type NumberLike,
  numberOf,
  point,
  scaled,
  weekday,
  year,
} from './number-builders.js';
import { columnsOfNumber, evaluateNumber } from './number-expression.js';
import { tableOf } from './table-of.test.kit.js';

const START = new Date('2013-07-06T17:18:00Z'); // a Saturday, 13:18 in New York
const TABLE = tableOf({
  x: [-2, 0, 3, null],
  word: ['a', '', 'b', 'c'],
  start: [START, new Date('2013-01-01T00:00:30Z'), START, null],
  end: [new Date('2013-07-06T17:48:30Z'), new Date('2013-01-01T00:00:00Z'), null, START],
  lat: [0, 0, 40, 40],
  lon: [0, 0, -74, -74],
  north: [1, 0, 41, null],
});
const HERE = point('lat', 'lon');
const THERE = point('north', 'lon');
const NONE = Number.NaN;

describe('a number', () => {
  it.each<{ name: string; expression: NumberLike; values: number[] }>([
    { name: 'of a column', expression: 'x', values: [-2, 0, 3, NONE] },
    { name: 'clipped on both sides', expression: clip('x', -1, 2), values: [-1, 0, 2, NONE] },
    { name: 'clipped above', expression: clip('x', null, 2), values: [-2, 0, 2, NONE] },
    { name: 'clipped below', expression: clip('x', -1, null), values: [-1, 0, 3, NONE] },
    { name: 'logarithmic, nothing below -1', expression: log1p('x'), values: [NONE, 0, Math.log(4), NONE] },
    { name: 'scaled', expression: scaled('x', -2, 3), values: [0, 0.4, 1, NONE] },
    { name: 'filled', expression: filled('x', 7), values: [-2, 0, 3, 7] },
    { name: 'of steps in their order', expression: scaled(clip(filled('x', 9), 0, 4), 0, 4), values: [0, 0, 0.75, 1] },
    { name: 'missing in a number column', expression: missing('x'), values: [0, 0, 0, 1] },
    { name: 'missing in a text column', expression: missing('word'), values: [0, 1, 0, 0] },
    { name: 'minutes between', expression: minutesBetween('start', 'end'), values: [30.5, -0.5, NONE, NONE] },
    {
      name: 'days since',
      expression: daysSince('start', '2013-01-01'),
      values: [186 + 1038 / 1440, 30 / 86_400, 186 + 1038 / 1440, NONE],
    },
    { name: 'a year', expression: year('start', 'America/New_York'), values: [2013, 2012, 2013, NONE] },
    { name: 'a month, from 0', expression: month('start'), values: [6, 0, 6, NONE] },
    { name: 'a weekday, from Monday', expression: weekday('start'), values: [5, 1, 5, NONE] },
    {
      name: 'an hour by the clock of a zone',
      expression: hour('start', 'America/New_York'),
      values: [13, 19, 13, NONE],
    },
  ])('$name', ({ expression, values }) => {
    const found = evaluateNumber(numberOf(expression), TABLE);
    found.forEach((value, row) => {
      if (Number.isNaN(values[row])) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(values[row]!, 12);
    });
  });

  it('of two places', () => {
    const degreeKm = (Math.PI / 180) * 6371;
    for (const measure of [haversine, manhattan]) {
      const found = evaluateNumber(measure(HERE, THERE), TABLE);
      expect(found[0]).toBeCloseTo(degreeKm, 9);
      expect(found[1]).toBe(0);
      expect(found[2]).toBeCloseTo(degreeKm, 9);
      expect(found[3]).toBeNaN();
    }
    expect(evaluateNumber(bearing(THERE, HERE), TABLE)[0]).toBe(180);
  });

  it('leaves the columns it reads as they are', () => {
    evaluateNumber(scaled(clip('x', 0, 1), 0, 2), TABLE);
    expect([...TABLE.numbers('x')]).toEqual([-2, 0, 3, NONE]);
  });

  it('reads times in time columns alone', () => {
    expect(() => evaluateNumber(hour('x'), TABLE)).toThrow(/x holds no times/);
  });
});

it.each([
  { expression: log1p(clip('x', 0, 1)), columns: ['x'] },
  { expression: minutesBetween('start', 'end'), columns: ['start', 'end'] },
  { expression: haversine(HERE, THERE), columns: ['lat', 'lon', 'north', 'lon'] },
  { expression: missing('word'), columns: ['word'] },
])('$expression.kind reads $columns', ({ expression, columns }) =>
  expect(columnsOfNumber(expression)).toEqual(columns),
);

it.each([
  { name: 'clip upside down', build: () => clip('x', 2, 1), says: /clip from 2 to 1/ },
  { name: 'a scale of no length', build: () => scaled('x', 2, 2), says: /scaled from 2 to 2/ },
  { name: 'no day', build: () => daysSince('start', '2013-02-30'), says: /"2013-02-30" is no moment/ },
])('refuses $name', ({ build, says }) => expect(build).toThrow(says));
