import { choice, float, int, ordered, repeat, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { type Axis, axesOf } from '../axis.js';
import { cellBorders, fromUnit, numericAxes } from './numeric-axis.js';

describe('numericAxes', () => {
  it('are the ordered parameters that are always there and that nothing depends on, by name', () => {
    const axes = axesOf(
      space({
        zoom: float(0, 1),
        layers: int(1, 3),
        units: repeat('layers', int(8, 64)),
        optimizer: choice({ adam: {}, sgd: { momentum: float(0, 1) } }),
        batch: ordered([16, 64, 256]),
        pinned: int(4, 4),
        depth: int(2, 9),
      }).parameters,
    );
    expect(numericAxes(axes).map(({ axis }) => axis.parameter.name)).toEqual(['batch', 'depth', 'zoom']);
    for (const { axis, index } of numericAxes(axes)) expect(axes[index]).toBe(axis);
  });
});

describe('fromUnit', () => {
  const axisOf = (declaration: ReturnType<typeof float> | ReturnType<typeof int>): Axis =>
    axesOf(space({ x: declaration }).parameters)[0]!;
  it.each([
    { name: 'inside', unit: 0.25, value: 0.5 },
    { name: 'mirrored at the low end', unit: -0.25, value: 0.5 },
    { name: 'mirrored at the high end', unit: 1.25, value: 1.5 },
    { name: 'mirrored at both', unit: -1.25, value: 1.5 },
    { name: 'many ranges away', unit: 100.25, value: 0.5 },
  ])('of a float: $name', ({ unit, value }) => {
    expect(fromUnit(axisOf(float(0, 2)), unit)).toBeCloseTo(value, 12);
  });

  it.each([
    { unit: -7, value: 3 },
    { unit: 0, value: 3 },
    { unit: 0.49, value: 4 },
    { unit: 0.76, value: 6 },
    { unit: 9, value: 6 },
  ])('of an int from 3 to 6: $unit is $value', ({ unit, value }) => {
    expect(fromUnit(axisOf(int(3, 6)), unit)).toBe(value);
  });

  it('puts the borders of a log int half a step from its value', () => {
    const axis = axisOf(int(1, 8, { log: true }));
    const borders = cellBorders(axis, (Math.log(2) - axis.low) / (axis.high - axis.low));
    const values = [borders.low!, borders.high!].map((unit) => Math.exp(axis.low + unit * (axis.high - axis.low)));
    expect(values).toEqual([expect.closeTo(1.5, 12), expect.closeTo(2.5, 12)]);
    expect(cellBorders(axis, -1).low).toBeNull();
    expect(cellBorders(axis, 2).high).toBeNull();
  });
});
