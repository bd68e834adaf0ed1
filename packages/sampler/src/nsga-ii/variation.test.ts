import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../rng.js';
import { ksBound, ksDistance } from '../statistics.test.kit.js';
import { crossed, mutated } from './variation.js';

/** A stream that gives these numbers. */
function scripted(...numbers: readonly number[]): Rng {
  let next = 0;
  return { next: () => numbers[next++]!, fork: () => scripted() };
}
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('crossed', () => {
  it('stays in range, for any parents and draws', () => {
    fc.assert(
      fc.property(unit, unit, draw, draw, (a, b, u, side) => {
        const child = crossed(a, b, scripted(u, side));
        expect(child).toBeGreaterThanOrEqual(0);
        expect(child).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });

  it.each([
    { name: 'equal parents have their like', a: 0.3, b: 0.3, u: 0.9, side: 0.1, child: 0.3 },
    { name: 'the smallest draw gives their middle', a: 0.6, b: 0.2, u: 0, side: 0.1, child: 0.4 },
    { name: 'the largest draw gives an end of the range', a: 0.6, b: 0.2, u: 1, side: 0.1, child: 0 },
    { name: 'or the other end', a: 0.2, b: 0.6, u: 1, side: 0.9, child: 1 },
    // room for beta up to 1 + 2 * 0.2 / 0.4 = 2: at the parent itself beta is 1, so u = 1 / (2 - 2 ** -6)
    { name: 'in between a parent', a: 0.2, b: 0.6, u: 1 / (2 - 2 ** -6), side: 0.1, child: 0.2 },
  ])('$name', ({ a, b, u, side, child }) => {
    expect(crossed(a, b, scripted(u, side))).toBeCloseTo(child, 12);
  });
});

describe('mutated', () => {
  it('stays in range, wherever it starts', () => {
    fc.assert(
      fc.property(unit, draw, (x, u) => {
        const child = mutated(x, scripted(u));
        expect(child).toBeGreaterThanOrEqual(0);
        expect(child).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });

  it('reaches both ends, and stays with the middle draw', () => {
    expect(mutated(0.3, scripted(0))).toBeCloseTo(0, 12);
    expect(mutated(0.3, scripted(0.5))).toBeCloseTo(0.3, 12);
    expect(mutated(0.3, scripted(1))).toBeCloseTo(1, 12);
  });

  it('follows the polynomial density 3 (1 - |shift|)^5 far from the ends', () => {
    const rng = createRng(3);
    // at 0 the shift is from [0, 1] with half of the draws staying at 0; its other half has the CDF 1 - (1 - shift)^6
    const shifts = Array.from({ length: 4000 }, () => mutated(0, rng)).filter((x) => x > 0);
    expect(Math.abs(shifts.length - 2000)).toBeLessThan(6 * Math.sqrt(1000));
    expect(ksDistance(shifts, (x) => 1 - (1 - x) ** 6)).toBeLessThan(ksBound(shifts.length));
    expect(ksDistance(shifts, (x) => 1 - (1 - x) ** 5)).toBeGreaterThan(ksBound(shifts.length));
  });
});
