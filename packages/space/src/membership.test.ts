import { expect, it } from 'vitest';
import { categorical, float, int, ordered } from './declaration.js';
import { cardinality, contains } from './membership.js';

it.each([
  { of: float(0, 1), inside: [0, 0.5, 1], outside: [-1e-9, 1.1, Number.NaN, Infinity, '0.5', null, true] },
  { of: float(0, 1, { step: 0.1 }), inside: [0, 0.3, 0.1 + 0.2, 1], outside: [0.35, 0.30001, 1.1] },
  { of: int(1, 9, { step: 2 }), inside: [1, 3, 9], outside: [2, 0, 11, 3.5, '3', true] },
  { of: int(1, 1024, { log: true }), inside: [1, 77, 1024], outside: [0, 1025, 1.5] },
  { of: categorical(['a', 1, null]), inside: ['a', 1, null], outside: ['b', '1', true, undefined] },
  { of: ordered([16, 32]), inside: [16, 32], outside: [0, 1, 24] },
])('contains: $of', ({ of, inside, outside }) => {
  expect(inside.filter((value) => !contains(of, value))).toEqual([]);
  expect(outside.filter((value) => contains(of, value))).toEqual([]);
});

it.each([
  { of: float(0, 1), size: Infinity },
  { of: float(3, 3), size: 1 },
  { of: float(0, 1, { step: 0.1 }), size: 11 },
  { of: float(0.1, 0.7, { step: 0.2 }), size: 4 },
  { of: int(0, 100, { step: 10 }), size: 11 },
  { of: int(1, 1024, { log: true }), size: 1024 },
  { of: categorical(['a', 'b', null]), size: 3 },
  { of: ordered([8]), size: 1 },
])('cardinality: $of has $size values', ({ of, size }) => {
  expect(cardinality(of)).toBe(size);
});
