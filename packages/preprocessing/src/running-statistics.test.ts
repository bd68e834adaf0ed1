import { describe, expect, it } from 'vitest';
import { RunningStatistics } from './running-statistics.js';

function statisticsOf(rows: readonly (readonly number[])[]): ReturnType<RunningStatistics['columns']> {
  const statistics = new RunningStatistics(rows[0]!.length);
  for (const row of rows) statistics.add(Float32Array.from([99, ...row]), 1);
  return statistics.columns();
}

describe('running statistics', () => {
  it('gives mean, population standard deviation, minimum and maximum of each column', () => {
    expect(
      statisticsOf([
        [2, 5],
        [4, 5],
        [4, 5],
        [6, 5],
      ]),
    ).toEqual([
      { mean: 4, std: Math.SQRT2, min: 2, max: 6 },
      { mean: 5, std: 0, min: 5, max: 5 },
    ]);
  });

  it('stays exact far from zero, where the sum of squares fails', () => {
    const values = Float32Array.from({ length: 100_000 }, (_, i) => 1e7 + (i % 2));
    const [column] = statisticsOf([...values].map((value) => [value]));
    expect(column!.std).toBeCloseTo(0.5, 9);
    const naive = values.reduce((sum, v) => sum + Math.fround(v * v), 0) / values.length - column!.mean ** 2;
    expect(Math.abs(naive - 0.25)).toBeGreaterThan(0.1);
  });
});
