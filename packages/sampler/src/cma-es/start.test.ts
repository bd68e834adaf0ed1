import { float, int, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf } from '../axis.js';
import { complete } from '../contexts.test.kit.js';
import type { Observation } from '../sampler.js';
import { firstRun } from './cma-es-run.js';
import { numericAxes } from './numeric-axis.js';
import type { SearchFrame } from './search-state.js';
import { type Start, startAt, startingTrials } from './start.js';

const frame: SearchFrame = {
  axes: numericAxes(axesOf(space({ x: float(0, 1), y: float(-2, 2) }).parameters)),
  direction: 'minimize',
  studySeed: 1,
  firstRun: firstRun(2, null, 0.2),
};

describe('startingTrials', () => {
  const trials = (count: number): readonly Observation[] =>
    Array.from({ length: count }, (_, i) => complete(i, {}, (i * 7) % count));
  it.each([
    { count: 0, best: [] },
    { count: 19, best: [] },
    { count: 20, best: [0, 3] }, // 7 * 3 = 1 mod 20
    { count: 25, best: [0, 18, 11] }, // 7 * 18 = 1, 7 * 11 = 2 mod 25
  ])('are the best tenth of $count', ({ count, best }) => {
    const expected = best.toSorted((a, b) => a - b);
    expect(startingTrials(trials(count), 'minimize').map(({ number }) => number)).toEqual(expected);
  });
});

describe('startAt', () => {
  const gaussianAt = (study: Start['study'], ...trials: readonly Observation[]) =>
    startAt(frame, { study, trials }).adaptation.gaussian;

  it('is the middle with the given deviation without a trial', () => {
    const { mean, sigma, covariance } = gaussianAt('earlier');
    expect([...mean]).toEqual([0.5, 0.5]);
    expect(sigma).toBeCloseTo(0.2, 12);
    expect([...covariance]).toEqual([expect.closeTo(1), 0, 0, expect.closeTo(1)]);
  });

  // units (0.2, 0.5), (0.4, 0.9): mean (0.3, 0.7), covariance (0.01, 0.02; 0.02, 0.04)
  it.each([
    { study: 'earlier', reach: [0.01, 0.01] },
    { study: 'this', reach: [0.01, 0.04] },
  ] as const)("is the normal distribution closest to equal ones around $study study's trials", ({ study, reach }) => {
    const trials = [complete(0, { x: 0.2, y: 0 }), complete(1, { x: 0.4, y: 1.6 })];
    const { mean, sigma, covariance } = gaussianAt(study, ...trials);
    expect([...mean]).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.7, 12)]);
    const expected = [0.01 + reach[0], 0.02, 0.02, 0.04 + reach[1]];
    covariance.forEach((value, i) => {
      expect(sigma ** 2 * value).toBeCloseTo(expected[i]!, 12);
    });
    expect(covariance[0]! * covariance[3]! - covariance[1]! ** 2).toBeCloseTo(1, 10);
  });

  it('leaves some room where all trials of this study are alike', () => {
    const { sigma, covariance } = gaussianAt('this', complete(0, { x: 0.2, y: 0 }), complete(1, { x: 0.2, y: 1.6 }));
    expect(sigma ** 2 * covariance[0]!).toBeCloseTo(1e-8, 12);
  });

  it('knows nothing of a parameter that a trial lacks', () => {
    const { mean, sigma, covariance } = gaussianAt('earlier', complete(0, { x: 0.2 }), complete(1, { x: 0.2, y: 2 }));
    expect([...mean]).toEqual([0.2, 0.5]);
    expect(sigma ** 2 * covariance[0]!).toBeCloseTo(0.01, 12);
    expect(sigma ** 2 * covariance[3]!).toBeCloseTo(0.04, 12);
    expect(covariance[1]).toBe(0);
  });

  it('keeps the margin of discrete parameters from the start', () => {
    const axes = numericAxes(axesOf(space({ n: int(0, 1), x: float(0, 1) }).parameters));
    const { adaptation } = startAt({ ...frame, axes }, { study: 'earlier', trials: [complete(0, { n: 0, x: 0.5 })] });
    // margin 1 / (2 * 6): 1.3830 deviations of 0.1 from the border at 0.5, and from there the centre was 2.5
    expect(adaptation.gaussian.mean[0]).toBeCloseTo(0.5 - 0.138299, 5);
  });
});
