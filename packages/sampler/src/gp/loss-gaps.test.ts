import { describe, expect, it } from 'vitest';
import { gapsOf } from './loss-gaps.js';

const START = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20];

describe('gapsOf', () => {
  it('measures from the least loss, in units of the median gap', () => {
    expect([...gapsOf([7, 5, 9, 13])]).toEqual([0.5, 0, 1, 2]); // gaps 2, 0, 4, 8: of those above 0 the median is 4
  });

  it('keeps its unit however many trials polish one place', () => {
    const polishing = Array.from({ length: 40 }, (_, k) => 10 + 2 ** -k);
    const gaps = gapsOf([...START, ...polishing]);
    expect(gaps[5]).toBeCloseTo(1, 10); // 16 is 6 above 10, the sixth of ten gaps
    expect(gaps[9]).toBeCloseTo(10 / 6, 10);
  });

  it('takes its unit from the later losses where the first ones tie', () => {
    expect([...gapsOf([...START.map(() => 3), 5, 7]).slice(-3)]).toEqual([0, 0.5, 1]);
  });

  it.each([[[0, 1, 1e300, 2e-9, 1e-9]], [[-1.5e308, 1.5e308, 0]], [[0, 5e-324, 1e-323, 1e10]]])(
    'stays in a range that can be squared for %j',
    (losses) => {
      const gaps = gapsOf(losses);
      expect(gaps[losses.indexOf(Math.max(...losses))]).toBeGreaterThan(0);
      for (const gap of gaps) expect(gap * gap).toSatisfy(Number.isFinite);
    },
  );

  it.each([[[]], [[4]], [[4, 4, 4]]])('is 0 for equal losses: %j', (losses) => {
    expect([...gapsOf(losses)]).toEqual(losses.map(() => 0));
  });
});
