import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  circleColumns,
  clippedColumn,
  differenceColumn,
  filledColumn,
  logColumn,
  scaledColumn,
} from './number-columns.js';

const NONE = Number.NaN;
const X = Float64Array.of(-2, 0, 3, NONE);

it.each([
  { name: 'clipped', column: clippedColumn(X, -1, 2), expected: [-1, 0, 2, NONE] },
  { name: 'logarithmic', column: logColumn(X), expected: [NONE, 0, Math.log1p(3), NONE] },
  { name: 'scaled', column: scaledColumn(X, -2, 5), expected: [0, 0.4, 1, NONE] },
  { name: 'filled', column: filledColumn(X, 7), expected: [-2, 0, 3, 7] },
  {
    name: 'a difference',
    column: differenceColumn(X, Float64Array.of(0, 1, NONE, 1), 2),
    expected: [1, 0.5, NONE, NONE],
  },
])('$name', ({ column, expected }) => expect([...column]).toEqual(expected));

describe('on a circle', () => {
  it.each([
    { x: 0, sine: 0, cosine: 1 },
    { x: 6, sine: 1, cosine: 0 },
    { x: 12, sine: 0, cosine: -1 },
    { x: 25.5, sine: Math.sin(Math.PI / 8), cosine: Math.cos(Math.PI / 8) },
    { x: -1.5, sine: -Math.sin(Math.PI / 8), cosine: Math.cos(Math.PI / 8) },
  ])('$x of 24 is ($sine, $cosine)', ({ x, sine, cosine }) => {
    const [[s], [c]] = circleColumns(Float64Array.of(x), 24) as unknown as [[number], [number]];
    expect(s).toBeCloseTo(sine, 12);
    expect(c).toBeCloseTo(cosine, 12);
  });

  it('is the sine and cosine to the bit, looked up or not', () => {
    const period = fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0.1, max: 2000, noNaN: true }));
    const value = fc.oneof(fc.integer({ min: -50, max: 2500 }), fc.double()).map((x) => x + 0); // no -0
    fc.assert(
      fc.property(period, fc.array(value), (length, values) => {
        const [sine, cosine] = circleColumns(Float64Array.from(values), length);
        expect([...sine]).toEqual(values.map((x) => Math.sin((2 * Math.PI * x) / length)));
        expect([...cosine]).toEqual(values.map((x) => Math.cos((2 * Math.PI * x) / length)));
      }),
    );
  });
});
