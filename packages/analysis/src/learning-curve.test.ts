import { describe, expect, it } from 'vitest';
import { medianCurve, summarizeCurve } from './learning-curve.js';

const curve = (...values: number[]) => values.map((value, i) => ({ step: i + 1, value }));

describe('summarizeCurve', () => {
  it.each([
    { name: 'one report', of: curve(4), best: { step: 1, value: 4 }, slope: null },
    { name: 'a falling line', of: curve(9, 7, 5, 3), best: { step: 4, value: 3 }, slope: -2 },
    {
      name: 'flat after a fall: the later half counts',
      of: curve(90, 50, 2, 2),
      best: { step: 3, value: 2 },
      slope: 0,
    },
    { name: 'three reports: the last two', of: curve(9, 1, 4), best: { step: 2, value: 1 }, slope: 3 },
    {
      name: 'steps far apart',
      of: [
        { step: 10, value: 8 },
        { step: 30, value: 4 },
      ],
      best: { step: 30, value: 4 },
      slope: -0.2,
    },
    { name: 'a diverged end', of: curve(3, 2, Infinity), best: { step: 2, value: 2 }, slope: -1 },
    { name: 'nothing finite', of: curve(Number.NaN, Infinity), best: null, slope: null },
  ])('$name', ({ of, best, slope }) => {
    expect(summarizeCurve(of, 'minimize')).toEqual({ steps: of.length, last: of.at(-1), best, slope });
  });

  it('looks for the largest when maximizing', () => {
    expect(summarizeCurve(curve(1, 7, 7, 2), 'maximize')?.best).toEqual({ step: 2, value: 7 });
  });

  it('is null without reports', () => {
    expect(summarizeCurve([], 'minimize')).toBeNull();
  });
});

it('medianCurve compares equal steps only, and leaves out what is not finite', () => {
  const trials = [
    { reports: curve(1, 10) },
    { reports: curve(5, 30, 7) },
    {
      reports: [
        { step: 2, value: 20 },
        { step: 2.5, value: 4 },
      ],
    },
    { reports: curve(3, Number.NaN, Infinity) },
  ];
  expect(medianCurve(trials)).toEqual([
    { step: 1, median: 3, trials: 3 },
    { step: 2, median: 20, trials: 3 },
    { step: 2.5, median: 4, trials: 1 },
    { step: 3, median: 7, trials: 1 },
  ]);
  expect(medianCurve([{ reports: curve(2) }, { reports: curve(5) }])).toEqual([{ step: 1, median: 3.5, trials: 2 }]);
});
