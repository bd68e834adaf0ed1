import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarPart, calendarColumn, calendarNames, weekdayOf } from './calendar.js';

const partOf = (iso: string, part: CalendarPart): number => calendarColumn(Float64Array.of(Date.parse(iso)), part)[0]!;

describe('calendar', () => {
  it.each([
    { time: '1970-01-01T00:00:00Z', weekday: 3, month: 0, hour: 0, year: 1970 },
    { time: '2013-07-06T13:18:00Z', weekday: 5, month: 6, hour: 13, year: 2013 },
    { time: '2024-02-29T23:59:59.999Z', weekday: 3, month: 1, hour: 23, year: 2024 },
    { time: '1969-12-28T23:00:00Z', weekday: 6, month: 11, hour: 23, year: 1969 },
  ])('reads $time', ({ time, ...expected }) => {
    for (const part of ['weekday', 'month', 'hour', 'year'] as const) expect(partOf(time, part)).toBe(expected[part]);
  });

  it('agrees with Date at any moment of the calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const ms = Float64Array.of(date.getTime());
          expect([
            ...calendarColumn(ms, 'month'),
            ...calendarColumn(ms, 'year'),
            ...calendarColumn(ms, 'hour'),
          ]).toEqual([date.getUTCMonth(), date.getUTCFullYear(), date.getUTCHours()]);
          expect(weekdayOf(date.getTime())).toBe((date.getUTCDay() + 6) % 7);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('names the values of the parts that come round', () => {
    expect(calendarNames('weekday')?.[0]).toBe('mon');
    expect(calendarNames('month')?.[11]).toBe('dec');
    expect(calendarNames('hour')).toHaveLength(24);
    expect(calendarNames('year')).toBeNull();
  });

  it('has no part of no time', () => {
    for (const part of ['weekday', 'month', 'hour', 'year'] as const)
      expect(calendarColumn(Float64Array.of(Number.NaN), part)[0]).toBeNaN();
  });
});
