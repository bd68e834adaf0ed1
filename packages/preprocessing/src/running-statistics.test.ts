import { describe, expect, it } from 'vitest';
import { type ColumnStatistics, RunningStatistics } from './running-statistics.js';

function statisticsOf(values: readonly number[], start = 0, stride = 1): ColumnStatistics {
  const statistics = new RunningStatistics();
  statistics.add(Float32Array.from(values), start, stride);
  return statistics.result();
}

describe('running statistics', () => {
  it.each([
    { name: 'a column', values: [2, 4, 4, 6], mean: 4, std: Math.SQRT2, min: 2, max: 6 },
    { name: 'a constant', values: [5, 5, 5], mean: 5, std: 0, min: 5, max: 5 },
  ])('give mean, population standard deviation, minimum and maximum of $name', ({ values, mean, std, min, max }) => {
    expect(statisticsOf(values)).toEqual({ mean, std, min, max });
  });

  it('take one column of a row-major matrix', () => {
    expect(statisticsOf([9, 2, 9, 4, 9, 4, 9, 6], 1, 2)).toEqual(statisticsOf([2, 4, 4, 6]));
  });

  it('do not depend on how the values come', () => {
    const parts = new RunningStatistics();
    for (const part of [[0.1, 0.7], [], [3.3], [0.2]]) parts.add(Float32Array.from(part));
    expect(parts.result()).toEqual(statisticsOf([0.1, 0.7, 3.3, 0.2]));
  });

  it('stays exact far from zero, where the sum of squares fails', () => {
    const values = Float32Array.from({ length: 100_000 }, (_, i) => 1e7 + (i % 2));
    const column = statisticsOf([...values]);
    expect(column.std).toBeCloseTo(0.5, 9);
    const naive = values.reduce((sum, v) => sum + Math.fround(v * v), 0) / values.length - column.mean ** 2;
    expect(Math.abs(naive - 0.25)).toBeGreaterThan(0.1);
  });
});
