import { expect, it } from 'vitest';
import { formatClock, formatDuration } from './format-duration.js';
import { formatNumber } from './format-number.js';
import { shortName } from './short-name.js';

it.each([
  [1.842734567, '1.8427'],
  [0.0003, '0.0003'],
  [0.00012345678, '1.2346e-4'],
  [2.1e-7, '2.1e-7'],
  [1234567, '1234600'],
  [1e21, '1e21'],
  [-0.5, '-0.5'],
  [0, '0'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
])('the number %d is %s', (value, text) => expect(formatNumber(value)).toBe(text));

it.each([
  [0, '0.0s', '0s'],
  [9_440, '9.4s', '9s'],
  [59_960, '1m 00s', '1m 00s'],
  [187_000, '3m 07s', '3m 07s'],
  [7_500_000, '2h 05m', '2h 05m'],
  [273_600_000, '3d 04h', '3d 04h'],
])('%d ms is %s, on a clock %s', (ms, duration, clock) => {
  expect(formatDuration(ms)).toBe(duration);
  expect(formatClock(ms)).toBe(clock);
});

it.each([
  { name: 'optimizer.sgd.momentum', width: 13, short: 'sgd.momentum' },
  { name: 'optimizer.sgd.momentum', width: 9, short: 'momentum' },
  { name: 'optimizer.sgd.momentum', width: 5, short: 'mome…' },
  { name: 'lr', width: 5, short: 'lr' },
])('$name in $width cells is $short', ({ name, width, short }) => expect(shortName(name, width)).toBe(short));
