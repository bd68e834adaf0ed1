import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.js';
import { formatBytes, formatNumber } from './number.js';
import { formatParams } from './params.js';
import { formatTable } from './table.js';

describe('durations', () => {
  it.each([
    [0, '0ms'],
    [850, '850ms'],
    [9_400, '9.4s'],
    [187_000, '3m 07s'],
    [7_500_000, '2h 05m'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
  ])('%s is %d ms', (text, ms) => expect(parseDuration(text, '--timeout')).toBe(ms));

  it.each(['10', 'm', '-1s', '1 h', '1e3s'])('refuses %j and names the option', (text) => {
    expect(() => parseDuration(text, '--timeout')).toThrow(/--timeout/);
  });
});

it.each([
  [1.842734567, '1.84273'],
  [0.0003, '0.0003'],
  [2.1e-7, '2.1e-7'],
  [Number.POSITIVE_INFINITY, '+inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
  [Number.NaN, 'NaN'],
])('formatNumber(%d) is %s', (value, text) => expect(formatNumber(value)).toBe(text));

it.each([
  [4_000, '4 kB'],
  [512e6, '512 MB'],
  [1.44e9, '1.4 GB'],
])('formatBytes(%d) is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it('aligns columns and pads no line at its end', () => {
  const text = formatTable(
    [{ title: 'n', align: 'right' }, { title: 'name' }],
    [
      ['1', 'a'],
      ['10', 'long'],
    ],
  );
  expect(text).toBe(' n  name\n 1  a\n10  long\n');
});

describe('formatParams', () => {
  const params = { 'optimizer.sgd.momentum': 0.9, 'units[0]': 64, note: "it's 5 $", flag: true, none: null };
  it.each([
    ['env', "OPTIMIZER_SGD_MOMENTUM=0.9\nUNITS_0=64\nNOTE='it'\\''s 5 $'\nFLAG=true\nNONE=null\n"],
    ['args', "--optimizer.sgd.momentum=0.9 '--units[0]=64' '--note=it'\\''s 5 $' --flag=true --none=null\n"],
  ] as const)('%s is safe in a shell', (format, text) => expect(formatParams(params, format)).toBe(text));

  it('json and yaml keep the types', () => {
    expect(JSON.parse(formatParams(params, 'json'))).toEqual(params);
    expect(formatParams(params, 'yaml')).toContain('flag: true\nnone: null\n');
  });
});
