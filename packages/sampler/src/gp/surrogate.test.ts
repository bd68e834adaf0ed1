import { describe, expect, it } from 'vitest';
import { FIVE_GAPS, FIVE_POINTS, THREE_FEATURES } from './example.test.kit.js';
import type { Posterior } from './posterior.js';
import { meanAt, surrogateOf } from './surrogate.js';
import { CONSTANT_TREND } from './trend.js';

const FAR = Float64Array.of(0.95, 0.95, 1);

function observed(running: readonly Float64Array[]) {
  return {
    features: THREE_FEATURES,
    trend: CONSTANT_TREND,
    points: FIVE_POINTS,
    gaps: FIVE_GAPS,
    bends: true,
    running,
  };
}

function deviationAt(posterior: Posterior, point: Float64Array): number {
  posterior.moveTo(point);
  posterior.takeDeviation();
  return posterior.deviation;
}

describe('surrogateOf', () => {
  it('believes that trials in flight end as expected: same mean everywhere, certainty where they are', () => {
    const alone = surrogateOf(observed([]), undefined, 0).posterior;
    const { posterior } = surrogateOf(observed([FAR]), undefined, 0);
    for (const point of [FAR, ...FIVE_POINTS, Float64Array.of(0.2, 0.2, 2)]) {
      expect(meanAt(posterior, THREE_FEATURES, point)).toBeCloseTo(meanAt(alone, THREE_FEATURES, point), 6);
      expect(deviationAt(posterior, point)).toBeLessThanOrEqual(deviationAt(alone, point) + 1e-9);
    }
    expect(deviationAt(posterior, FAR)).toBeLessThan(0.3 * deviationAt(alone, FAR));
  });

  it('takes a trial in flight where one has finished already, and two at one place', () => {
    const { posterior } = surrogateOf(observed([FIVE_POINTS[0]!, FAR, FAR]), undefined, 0);
    expect(meanAt(posterior, THREE_FEATURES, FAR)).toSatisfy(Number.isFinite);
  });
});
